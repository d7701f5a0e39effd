import { FILTERED, RENAMES, reasonsOf, rewrite } from './testing';

/** A job that takes its table from the command line, or by default the old one. */
function job(body: string, args = 'val (sc, args) = ContextAndArgs(cmdline)') {
  return `package x
import com.spotify.scio.bigquery._

object Job {
  def main(cmdline: Array[String]): Unit = {
    ${args}
${body}
  }
}
`;
}

const DEFAULT = 'Table.Spec(args.getOrElse("input", "shop:analytics.t1"))';

describe('tables from the command line', () => {
  it.each([
    [
      'a read in one line',
      `    sc.bigQueryTable(${DEFAULT}).map(_.getLong("id"))`,
      `    args
      .optional("input")
      .fold(
        sc.bigQuerySelect(Query("SELECT id FROM \`shop.analytics.t2\` WHERE NOT is_deleted"))
      )(table => sc.bigQueryTable(Table.Spec(table))).map(_.getLong("id"))`,
    ],
    [
      'a read of a value',
      `    val input = ${DEFAULT}
    val rows = sc
      .bigQueryStorage(input, selectedFields = List("country"))
      .map(_.getString("country"))`,
      `    val rows = args
      .optional("input")
      .fold(
        sc.bigQueryStorage(Query("SELECT country_code AS country FROM \`shop.analytics.t2\` WHERE NOT is_deleted"))
      )(table => sc.bigQueryStorage(Table.Spec(table), selectedFields = List("country")))
      .map(_.getString("country"))`,
    ],
    [
      'an optional argument',
      `    sc.bigQueryTable(Table.Spec(args.optional("in").getOrElse("shop:analytics.t1"))).map(_.getLong("id"))`,
      `    args
      .optional("in")
      .fold(
        sc.bigQuerySelect(Query("SELECT id FROM \`shop.analytics.t2\` WHERE NOT is_deleted"))
      )(table => sc.bigQueryTable(Table.Spec(table))).map(_.getLong("id"))`,
    ],
  ])('reads only the default by a query: %s', async (_, before, after) => {
    const result = await rewrite(job(before), FILTERED);
    expect(reasonsOf(result)).toEqual(['SCALA_READ_AS_QUERY']);
    expect(result.after).toBe(job(after));
    expect(result.files[0].statements).toHaveLength(1);
    const again = await rewrite(result.after, FILTERED);
    expect(again.outcome).toBe('not-affected');
  });

  it('changes the name of the default where nothing else changes', async () => {
    const text = job(`    sc.bigQueryTable(${DEFAULT}).map(_.getLong("id"))`);
    const result = await rewrite(text);
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(text.replace('.t1', '.t2'));
  });

  it('renames no key that another table may be read by', async () => {
    const result = await rewrite(
      job(`    sc.bigQueryTable(${DEFAULT}).map(_.getString("country"))`),
      RENAMES,
    );
    expect(reasonsOf(result)).toEqual(['SCALA_READ_AS_QUERY']);
    expect(result.after).toContain('.map(_.getString("country"))');
    expect(result.after).toContain('SELECT country_code AS country FROM');
  });

  it.each([
    [
      'arguments that are not known to be those of Scio',
      job(`    sc.bigQueryTable(${DEFAULT})`, 'val args = Options(cmdline)'),
    ],
    [
      'arguments that another value hides',
      job(`    val f = (args: Map[String, String]) => args.size
    sc.bigQueryTable(${DEFAULT})`),
    ],
    [
      'a key that is computed',
      job(`    sc.bigQueryTable(${DEFAULT.replace('"input"', 'key')})`),
    ],
    [
      'a comment inside',
      job(`    sc // the context
      .bigQueryTable(${DEFAULT})`),
    ],
    [
      'a context that is computed',
      job(`    context(args).bigQueryTable(${DEFAULT})`),
    ],
    [
      'the name of the parameter in another argument',
      job(
        `    sc.bigQueryStorage(${DEFAULT}, rowRestriction = s"id > $table")`,
      ),
    ],
    [
      'a data frame',
      job(
        `    spark.table(args.getOrElse("input", "shop:analytics.t1"))`,
      ).replace(
        'import com',
        'import org.apache.spark.sql.SparkSession\nimport com',
      ),
    ],
  ])('hands over %s', async (_, text) => {
    const result = await rewrite(text, FILTERED);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
  });
});
