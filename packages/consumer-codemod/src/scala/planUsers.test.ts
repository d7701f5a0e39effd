import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { testMapping } from '../testing';
import {
  FILTERED,
  KEYED,
  MOVED,
  RENAMES,
  SAME,
  TABLES,
  jobWith,
  rewriteFiles,
} from './testing';

describe('constants that other files use', () => {
  it('changes the files of a constant together', async () => {
    const files = {
      'Tables.scala': TABLES,
      'Job.scala': jobWith(KEYED),
      'Other.scala': jobWith(
        'val rows = sc.bigQueryTable(Table.Spec(T))\n    rows.map(_.getLong("clicks"))',
        'import x.Tables._',
      ).replace('object Job', 'object Other'),
      'Same.scala': jobWith(SAME).replace('object Job', 'object Same'),
    };
    const { after, reasons, result } = await rewriteFiles(files);
    expect(reasons).toEqual([]);
    expect(after['Tables.scala']).toBe(MOVED);
    expect(after['Job.scala']).toBe(
      files['Job.scala'].replace('"country"', '"country_code"'),
    );
    expect(after['Same.scala']).toBeUndefined();
    expect(new Set(result.uses.map(({ place }) => place.path))).toEqual(
      new Set(Object.keys(files)),
    );
    const again = await rewriteFiles({ ...files, ...after });
    expect(again.result.outcome).toBe('not-affected');
  });

  it('makes queries of the reads that need one', async () => {
    const files = { 'Tables.scala': TABLES, 'Job.scala': jobWith(KEYED) };
    const { after, reasons, result } = await rewriteFiles(files, FILTERED);
    expect(reasons).toEqual([]);
    expect(after['Tables.scala']).toBe(MOVED);
    expect(after['Job.scala']).toContain(
      'sc.bigQuerySelect(Query("SELECT country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted"))',
    );
    const job1 = result.files.find(({ path }) => path === 'Job.scala');
    expect(job1?.statements).toHaveLength(1);
  });

  it('puts the old columns behind a data frame in another file', async () => {
    const { after, reasons } = await rewriteFiles(
      {
        'Tables.scala': TABLES,
        'Job.scala': jobWith(
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
    const { after, reasons } = await rewriteFiles(
      { 'Tables.scala': TABLES, 'Job.scala': jobWith(body) },
      FILTERED,
    );
    expect(reasons).toEqual([]);
    expect(after['Job.scala']).not.toContain('Tables.T');
    expect(after['Job.scala']).toContain('sc.bigQuerySelect(');
  });

  it.each<[string, Record<string, string>, DatasetMapping]>([
    [
      'one use that is not known',
      { 'Job.scala': jobWith(KEYED), 'B.scala': 'class B { f(Tables.T) }\n' },
      RENAMES,
    ],
    [
      'a use in a string',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'class B { val b = s"${Tables.T}_x" }\n',
      },
      RENAMES,
    ],
    [
      'a constant of the constant',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'object B { val own = Tables.T }\n',
      },
      RENAMES,
    ],
    [
      'the table from the command line',
      {
        'Job.scala': jobWith(
          'sc.bigQueryTable(Table.Spec(args.getOrElse("input", Tables.T)))',
        ),
      },
      RENAMES,
    ],
    [
      'a use in Java',
      { 'Job.scala': jobWith(KEYED), 'A.java': 'class A { f(Tables.T()); }\n' },
      RENAMES,
    ],
    [
      'another name of the object',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'import x.{Tables => Names}\nclass B { f(Names.T) }\n',
      },
      RENAMES,
    ],
    [
      'the object as a value',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'object B { val names = Tables }\n',
        'C.scala': 'class C { f(B.names.T) }\n',
      },
      RENAMES,
    ],
    [
      'the object under a name of its members',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'object B { export Tables._ }\n',
        'C.scala': 'class C { f(B.T) }\n',
      },
      RENAMES,
    ],
    [
      'a name that may hide the imported one',
      {
        'Job.scala': jobWith(
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
        'Job.scala': jobWith(KEYED),
      },
      RENAMES,
    ],
    [
      'a second object of the name',
      {
        'Job.scala': jobWith(KEYED),
        'B.scala': 'package y\nobject Tables { val T = "x:y.z" }\n',
      },
      RENAMES,
    ],
    [
      'a file that names the dataset itself',
      {
        'Job.scala': jobWith(`${KEYED}; log("shop:analytics.t1")`),
      },
      RENAMES,
    ],
  ])('changes nothing: %s', async (_, files, mapping) => {
    const { after, reasons } = await rewriteFiles(
      { 'Tables.scala': TABLES, ...files },
      mapping,
    );
    expect(reasons).toContain('SCALA_CONSTANT_SHARED');
    expect(after).toEqual({});
  });

  it('changes neither of two groups that meet in a file', async () => {
    const { after, reasons } = await rewriteFiles({
      'Tables.scala': TABLES,
      'More.scala': 'object More { val M = "shop:analytics.t1" }\n',
      'Job.scala': jobWith(`${KEYED}; ${KEYED.replace('Tables.T', 'More.M')}`),
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
    const { after, result } = await rewriteFiles(
      { 'Tables.scala': TABLES, 'Job.scala': jobWith(KEYED) },
      mapping,
    );
    expect(after).toEqual({});
    expect(result.outcome).toBe('questions');
    expect(result.findings[0].place?.path).toBe('Job.scala');
  });
});
