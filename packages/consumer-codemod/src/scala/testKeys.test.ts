import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import {
  FILTERED,
  KEYED,
  MOVED,
  RENAMES,
  SAME,
  TABLES,
  jobTest,
  jobWith,
  rewriteFiles,
} from './testing';

describe('the names of test data', () => {
  it('moves the data of a test along while the read stays what it is', async () => {
    const { after, reasons } = await rewriteFiles({
      'Tables.scala': TABLES,
      'Job.scala': jobWith(SAME),
      'JobTest.scala': jobTest(
        'JobTest[x.Job.type].input(BigQueryIO[TableRow](Tables.T), rows).run()',
      ),
    });
    expect(reasons).toEqual([]);
    expect(after).toEqual({ 'Tables.scala': MOVED });
  });

  it('names the data of a test by the query that its job reads now', async () => {
    const { after, reasons } = await rewriteFiles(
      {
        'Tables.scala': TABLES,
        'Job.scala': jobWith(KEYED),
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
    const { after, reasons } = await rewriteFiles({
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

  const OTHER = jobWith(
    'sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getLong("id"))',
  ).replace('object Job', 'object Other');
  const ID_QUERY = '"SELECT id FROM `shop.analytics.t2` WHERE NOT is_deleted"';
  const COUNTRY_QUERY =
    '"SELECT country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted"';

  it('tells the data of several jobs apart', async () => {
    const tests = jobTest(`JobTest[x.Job.type].args("--out=o")
      .input(BigQueryIO(Tables.T), rows).run()
    JobTest[x.Other.type].input(BigQueryIO(Tables.T), more).run()`);
    const { after, reasons } = await rewriteFiles(
      {
        'Tables.scala': TABLES,
        'Job.scala': jobWith(KEYED),
        'Other.scala': OTHER,
        'JobTest.scala': tests,
      },
      FILTERED,
    );
    expect(reasons).toEqual([]);
    expect(after['JobTest.scala']).toBe(
      tests
        .replace('BigQueryIO(Tables.T)', `BigQueryIO(${COUNTRY_QUERY})`)
        .replace('BigQueryIO(Tables.T)', `BigQueryIO(${ID_QUERY})`),
    );
  });

  it('names the data of a default table, and takes out the unused import', async () => {
    const chosen = jobWith(
      'val (sc, options) = ContextAndArgs(args)\n    sc.bigQueryTable(Table.Spec(options.getOrElse("in", Tables.T))).map(_.getLong("id"))',
      'import x.shared.Tables',
    );
    const files = {
      'Tables.scala': TABLES,
      'Job.scala': chosen,
      'JobTest.scala': jobTest(
        'JobTest[x.Job.type].args("--out=o").input(BigQueryIO(Tables.T), rows).run()',
      ),
    };
    const { after, reasons } = await rewriteFiles(files, FILTERED);
    expect(reasons).toEqual([]);
    expect(after['Job.scala']).toContain('.optional("in")');
    expect(after['Job.scala']).not.toContain('import x.shared.Tables');
    expect(after['JobTest.scala']).toContain(`BigQueryIO(${ID_QUERY})`);
    const given = await rewriteFiles(
      {
        ...files,
        'JobTest.scala': files['JobTest.scala'].replace('--out=o', '--in=x.y'),
      },
      FILTERED,
    );
    expect(given.reasons).toContain('SCALA_CONSTANT_SHARED');
    expect(given.after).toEqual({});
  });

  it.each<[string, Record<string, string>, DatasetMapping]>([
    [
      'data of a test whose fields are renamed',
      {
        'Job.scala': jobWith(KEYED),
        'JobTest.scala': jobTest('job.input(BigQueryIO(Tables.T), rows)'),
      },
      RENAMES,
    ],
    [
      'data of a test of a job that is not known',
      {
        'Job.scala': jobWith(SAME),
        'JobTest.scala': jobTest('job.input(BigQueryIO(Tables.T), rows)'),
      },
      FILTERED,
    ],
    [
      'data of a test of another job',
      {
        'Job.scala': jobWith(SAME),
        'JobTest.scala': jobTest(
          'JobTest[x.Other.type].input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test that names one of its jobs by text',
      {
        'Job.scala': jobWith(SAME),
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].run(); JobTest("x.Other").input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test whose job reads two queries',
      {
        'Job.scala': jobWith(`${SAME}; ${KEYED}`),
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test, where one job runs the other',
      {
        'Job.scala': jobWith(`Other.main(args)\n    ${KEYED}`),
        'Other.scala': OTHER,
        'JobTest.scala': jobTest(
          'JobTest[x.Job.type].input(BigQueryIO(Tables.T), rows)',
        ),
      },
      FILTERED,
    ],
    [
      'data of a test, where a part of the job reads too',
      {
        'Job.scala': jobWith(KEYED),
        'Other.scala': OTHER.replace('def main', 'def part'),
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
  ])('changes nothing: %s', async (_, files, mapping) => {
    const { after, reasons } = await rewriteFiles(
      { 'Tables.scala': TABLES, ...files },
      mapping,
    );
    expect(reasons).toContain('SCALA_CONSTANT_SHARED');
    expect(after).toEqual({});
  });
});
