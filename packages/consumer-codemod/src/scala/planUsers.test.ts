import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { testMapping } from '../testing';

const RENAMES = testMapping({ rows: { grain: 'same' } });
const FILTERED = testMapping();
const TABLES = 'object Tables { val T = "shop:analytics.t1" }\n';
const MOVED = 'object Tables { val T = "shop:analytics.t2" }\n';
const KEYED =
  'sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getString("country"))';
const SAME =
  'sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getString("id"))';

function job(body: string, imports = ''): string {
  return `package x
import com.spotify.scio.bigquery._
${imports}
object Job {
  def main(args: Array[String]): Unit = {
    ${body}
  }
}
`;
}

function jobTest(body: string): string {
  return `package x
class JobTest extends PipelineSpec {
  "it" should "work" in {
    ${body}
  }
}
`;
}

async function rewrite(
  files: Record<string, string>,
  mapping: DatasetMapping = RENAMES,
) {
  const result = await rewriteConsumer({
    mapping,
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
  });
  return {
    after: Object.fromEntries(
      result.files.map(({ path, after }) => [path, after.toString('utf8')]),
    ),
    reasons: result.findings
      .filter(({ route }) => route !== 'codemod')
      .map(({ reason }) => reason),
    result,
  };
}

describe('constants that other files use', () => {
  it('changes the files of a constant together', async () => {
    const files = {
      'Tables.scala': TABLES,
      'Job.scala': job(KEYED),
      'Other.scala': job(
        'val rows = sc.bigQueryTable(Table.Spec(T))\n    rows.map(_.getLong("clicks"))',
        'import x.Tables._',
      ).replace('object Job', 'object Other'),
      'Same.scala': job(SAME).replace('object Job', 'object Same'),
    };
    const { after, reasons, result } = await rewrite(files);
    expect(reasons).toEqual([]);
    expect(after['Tables.scala']).toBe(MOVED);
    expect(after['Job.scala']).toBe(
      files['Job.scala'].replace('"country"', '"country_code"'),
    );
    expect(after['Same.scala']).toBeUndefined();
    expect(new Set(result.uses.map(({ place }) => place.path))).toEqual(
      new Set(Object.keys(files)),
    );
    const again = await rewrite({ ...files, ...after });
    expect(again.result.outcome).toBe('not-affected');
  });

  it('makes queries of the reads that need one', async () => {
    const files = { 'Tables.scala': TABLES, 'Job.scala': job(KEYED) };
    const { after, reasons, result } = await rewrite(files, FILTERED);
    expect(reasons).toEqual([]);
    expect(after['Tables.scala']).toBe(MOVED);
    expect(after['Job.scala']).toContain(
      'sc.bigQuerySelect(Query("SELECT country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted"))',
    );
    const job1 = result.files.find(({ path }) => path === 'Job.scala');
    expect(job1?.statements).toHaveLength(1);
  });

  it('puts the old columns behind a data frame in another file', async () => {
    const { after, reasons } = await rewrite(
      {
        'Tables.scala': TABLES,
        'Job.scala': job(
          'spark.read.format("bigquery").option("table", Tables.T).load()',
          'import org.apache.spark.sql.SparkSession',
        ),
      },
      FILTERED,
    );
    expect(reasons).toEqual([]);
    expect(after['Tables.scala']).toBe(MOVED);
    expect(after['Job.scala']).toContain(
      '.option("table", Tables.T).load().where("NOT is_deleted").selectExpr("id", "country_code AS country"',
    );
  });

  it('follows a value of the reading file', async () => {
    const body = `val table = Table.Spec(Tables.T)
    sc.bigQueryTable(table).map(r => r.getString("country"))`;
    const { after, reasons } = await rewrite(
      { 'Tables.scala': TABLES, 'Job.scala': job(body) },
      FILTERED,
    );
    expect(reasons).toEqual([]);
    expect(after['Job.scala']).not.toContain('Tables.T');
    expect(after['Job.scala']).toContain('sc.bigQuerySelect(');
  });

  it('moves the data of a test along while the read stays what it is', async () => {
    const { after, reasons } = await rewrite({
      'Tables.scala': TABLES,
      'Job.scala': job(SAME),
      'JobTest.scala': jobTest(
        'JobTest[x.Job.type].input(BigQueryIO[TableRow](Tables.T), rows).run()',
      ),
    });
    expect(reasons).toEqual([]);
    expect(after).toEqual({ 'Tables.scala': MOVED });
  });

  it('names the data of a test by the query that its job reads now', async () => {
    const { after, reasons } = await rewrite(
      {
        'Tables.scala': TABLES,
        'Job.scala': job(KEYED),
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].input(BigQueryIO[TableRow](Tables.T), rows).run()',
        ),
      },
      FILTERED,
    );
    expect(reasons).toEqual([]);
    const query =
      '"SELECT country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted"';
    expect(after['Job.scala']).toContain(`Query(${query})`);
    expect(after['JobTest.scala']).toBe(
      jobTest(
        `JobTest[x.Job.type].input(BigQueryIO[TableRow](${query}), rows).run()`,
      ),
    );
  });

  it('follows the key of a read by storage', async () => {
    const text = `package x
import com.spotify.scio.bigquery._
object Job {
  val table: String = "shop:analytics.t1"
  case class Row(country: String)
  def main(args: Array[String]): Unit = {
    sc.typedBigQueryStorageMagnolify[Row](
      Table.Spec(table),
      selectedFields = List("country"),
      rowRestriction = "id = 1"
    )
  }
}
`;
    const { after, reasons } = await rewrite({
      'Job.scala': text,
      'JobTest.scala': jobTest(
        'JobTest[x.Job.type].input(BigQueryIO(Job.table, List("country"), Some("id = 1")), rows).run()',
      ),
    });
    expect(reasons).toEqual([]);
    const query =
      '"SELECT country_code AS country FROM `shop.analytics.t2` WHERE id = 1"';
    expect(after['Job.scala']).toContain(
      `sc.typedBigQueryStorageMagnolify[Row](Query(${query}))`,
    );
    expect(after['JobTest.scala']).toContain(
      `.input(BigQueryIO(${query}), rows)`,
    );
  });

  it.each<[string, Record<string, string>, DatasetMapping]>([
    [
      'data of a test whose fields are renamed',
      {
        'Job.scala': job(KEYED),
        'JobTest.scala': jobTest('job.input(BigQueryIO(Tables.T), rows)'),
      },
      RENAMES,
    ],
    [
      'data of a test of a job that is not known',
      {
        'Job.scala': job(SAME),
        'JobTest.scala': jobTest('job.input(BigQueryIO(Tables.T), rows)'),
      },
      FILTERED,
    ],
    [
      'data of a test of another job',
      {
        'Job.scala': job(SAME),
        'JobTest.scala': jobTest(
          'JobTest[x.Other.type].input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test that names one of its jobs by text',
      {
        'Job.scala': job(SAME),
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].run(); JobTest("x.Other").input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test whose job reads two queries',
      {
        'Job.scala': job(`${SAME}; ${KEYED}`),
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test, where no read is known',
      { 'JobTest.scala': jobTest('job.input(BigQueryIO(Tables.T), rows)') },
      RENAMES,
    ],
    [
      'one use that is not known',
      { 'Job.scala': job(KEYED), 'B.scala': 'class B { f(Tables.T) }\n' },
      RENAMES,
    ],
    [
      'a use in a string',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'class B { val b = s"${Tables.T}_x" }\n',
      },
      RENAMES,
    ],
    [
      'a constant of the constant',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'object B { val own = Tables.T }\n',
      },
      RENAMES,
    ],
    [
      'the table from the command line',
      {
        'Job.scala': job(
          'sc.bigQueryTable(Table.Spec(args.getOrElse("input", Tables.T)))',
        ),
      },
      RENAMES,
    ],
    [
      'a use in Java',
      { 'Job.scala': job(KEYED), 'A.java': 'class A { f(Tables.T()); }\n' },
      RENAMES,
    ],
    [
      'another name of the object',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'import x.{Tables => Names}\nclass B { f(Names.T) }\n',
      },
      RENAMES,
    ],
    [
      'the object as a value',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'object B { val names = Tables }\n',
        'C.scala': 'class C { f(B.names.T) }\n',
      },
      RENAMES,
    ],
    [
      'the object under a name of its members',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'object B { export Tables._ }\n',
        'C.scala': 'class C { f(B.T) }\n',
      },
      RENAMES,
    ],
    [
      'a name that may hide the imported one',
      {
        'Job.scala': job(
          'def f(T: String) = sc.bigQueryTable(Table.Spec(T))',
          'import x.Tables._',
        ),
      },
      RENAMES,
    ],
    [
      'a member of a trait',
      {
        'Tables.scala':
          'object Tables extends Names { val T = "shop:analytics.t1" }\n',
        'Names.scala': 'trait Names { val T: String }\n',
        'Job.scala': job(KEYED),
      },
      RENAMES,
    ],
    [
      'a second object of the name',
      {
        'Job.scala': job(KEYED),
        'B.scala': 'package y\nobject Tables { val T = "x:y.z" }\n',
      },
      RENAMES,
    ],
    [
      'a file that names the dataset itself',
      {
        'Job.scala': job(`${KEYED}; log("shop:analytics.t1")`),
      },
      RENAMES,
    ],
  ])('changes nothing: %s', async (_, files, mapping) => {
    const { after, reasons } = await rewrite(
      { 'Tables.scala': TABLES, ...files },
      mapping,
    );
    expect(reasons).toContain('SCALA_CONSTANT_SHARED');
    expect(after).toEqual({});
  });

  it('changes neither of two groups that meet in a file', async () => {
    const { after, reasons } = await rewrite({
      'Tables.scala': TABLES,
      'More.scala': 'object More { val M = "shop:analytics.t1" }\n',
      'Job.scala': job(`${KEYED}; ${KEYED.replace('Tables.T', 'More.M')}`),
    });
    expect(reasons).toEqual(['SCALA_CONSTANT_SHARED', 'SCALA_CONSTANT_SHARED']);
    expect(after).toEqual({});
  });

  it('asks what a read in another file has to know', async () => {
    const mapping = testMapping({
      rows: { grain: 'same' },
      fields: RENAMES.fields.map(field =>
        field.name === 'country'
          ? {
              name: 'country',
              kind: 'ask' as const,
              question: 'Which?',
              options: [{ label: 'Code', is: 'country_code' }],
            }
          : field,
      ),
    });
    const { after, result } = await rewrite(
      { 'Tables.scala': TABLES, 'Job.scala': job(KEYED) },
      mapping,
    );
    expect(after).toEqual({});
    expect(result.outcome).toBe('questions');
    expect(result.findings[0].place?.path).toBe('Job.scala');
  });
});
