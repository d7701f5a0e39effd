import { testMapping } from '../testing';
import { FILTERED, job, reasonsOf, rewrite } from './testing';

describe('reads of a whole table in Scala', () => {
  it.each([
    [
      'keys of rows',
      `    sc.bigQueryTable(Table.Spec("shop:analytics.t1"))
      .filter(r => r.getLong("id") > 1)
      .map { row =>
        val c = row.getString("country")
        (c, row("id"))
      }`,
      `    sc.bigQueryTable(Table.Spec("shop:analytics.t2"))
      .filter(r => r.getLong("id") > 1)
      .map { row =>
        val c = row.getString("country_code")
        (c, row("id"))
      }`,
    ],
    [
      'keys of rows behind a name',
      `    val rows = sc.bigQueryTable("shop:analytics.t1")
    rows.map(_.get("country"))`,
      `    val rows = sc.bigQueryTable("shop:analytics.t2")
    rows.map(_.get("country_code"))`,
    ],
    [
      'selected fields',
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t1"), selectedFields = List("id", "country"))
      .map(_.getString("country"))`,
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t2"), selectedFields = List("id", "country_code"))
      .map(_.getString("country_code"))`,
    ],
    [
      'fields that stay',
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t1"), List("id"), "id > 3").map(f)`,
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t2"), List("id"), "id > 3").map(f)`,
    ],
    [
      'a table in a constant',
      `    val table = Table.Spec("analytics.t1")
    sc.bigQueryTable(table).map(_.getString("country"))`,
      `    val table = Table.Spec("analytics.t2")
    sc.bigQueryTable(table).map(_.getString("country_code"))`,
    ],
  ])('renames %s', async (_, before, after) => {
    const result = await rewrite(job(before));
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(job(after));
    const again = await rewrite(result.after);
    expect(again.outcome).toBe('not-affected');
  });

  it.each([
    [
      'an expression',
      `    sc.bigQueryTable(Table.Spec("shop:analytics.t1")).map(_.getDouble("ratio"))`,
      `    sc.bigQuerySelect(Query("SELECT clicks + views AS ratio FROM \`shop.analytics.t2\`")).map(_.getDouble("ratio"))`,
    ],
    [
      'a restriction',
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t1"), selectedFields = List("id"), rowRestriction = "country = 'de' OR id = 1").map(f)`,
      `    sc.bigQueryStorage(Query("SELECT id FROM \`shop.analytics.t2\` WHERE country_code = 'de' OR id = 1")).map(f)`,
    ],
    [
      'a class of the file',
      `    case class Row(id: Long, country: Option[String])
    sc.typedBigQueryTable[Row](Table.Spec("shop:analytics.t1")).map(_.country)`,
      `    case class Row(id: Long, country: Option[String])
    sc.typedBigQuerySelect[Row](Query("SELECT id, country_code AS country FROM \`shop.analytics.t2\`")).map(_.country)`,
    ],
    [
      'a name with a hole',
      '    sc.bigQueryTable(Table.Spec(s"${env}_analytics.t1")).map(_.getDouble("ratio"))',
      '    sc.bigQuerySelect(Query(s"SELECT clicks + views AS ratio FROM `${env}_analytics.t2`")).map(_.getDouble("ratio"))',
    ],
    [
      'a table in a constant',
      `    val table = Table.Spec("shop:analytics.t1")
    sc
      .bigQueryTable(table)
      .map(_.getDouble("ratio"))`,
      `    sc
      .bigQuerySelect(Query("SELECT clicks + views AS ratio FROM \`shop.analytics.t2\`"))
      .map(_.getDouble("ratio"))`,
    ],
    [
      'a table in a constant that is printed',
      `    val table = "shop.analytics.t1"
    log(s"reading $table")
    sc.bigQueryTable(Table.Spec(table)).map(_.getDouble("ratio"))`,
      `    val table = "shop.analytics.t2"
    log(s"reading $table")
    sc.bigQuerySelect(Query("SELECT clicks + views AS ratio FROM \`shop.analytics.t2\`")).map(_.getDouble("ratio"))`,
    ],
    [
      'rows in a function of another function',
      `    sc.bigQueryStorage(Table.Spec("shop:analytics.t1"), List("country")).filter(not(_.getString("country")))`,
      `    sc.bigQueryStorage(Query("SELECT country_code AS country FROM \`shop.analytics.t2\`")).filter(not(_.getString("country")))`,
    ],
    [
      'rows that are handed on',
      `    sc.bigQueryTable("analytics.t1").map(extract)`,
      `    sc.bigQuerySelect("""
      SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio
      FROM \`analytics.t2\`
    """).map(extract)`,
    ],
  ])('reads %s by a query', async (_, before, after) => {
    const result = await rewrite(job(before));
    expect(reasonsOf(result)).toEqual(['SCALA_READ_AS_QUERY']);
    expect(result.after).toBe(job(after));
    expect(result.files[0].statements.length).toBe(1);
    const again = await rewrite(result.after);
    expect(again.outcome).toBe('not-affected');
  });

  it('breaks no line inside of a literal', async () => {
    const mapping = testMapping({
      rows: {
        grain: 'same',
        where:
          "country_code <> 'taken FROM the archive WHERE it was found again'",
      },
    });
    const result = await rewrite(
      job('    sc.bigQueryTable("analytics.t1").map(_.getLong("id"))'),
      mapping,
    );
    expect(result.after).toContain(`Select("""
      SELECT id
      FROM \`analytics.t2\`
      WHERE country_code <> 'taken FROM the archive WHERE it was found again'
    """)`);
  });

  it('puts the condition on rows into the query', async () => {
    const result = await rewrite(
      job(
        '    sc.bigQueryTable(Table.Spec("shop:analytics.t1")).map(_.getLong("id"))',
      ),
      FILTERED,
    );
    expect(result.after).toBe(
      job(
        '    sc.bigQuerySelect(Query("SELECT id FROM `shop.analytics.t2` WHERE NOT is_deleted")).map(_.getLong("id"))',
      ),
    );
  });

  it('takes an unused constant along', async () => {
    const body = `    sc.bigQueryTable("analytics.t1").map(_.get("country"))`;
    const result = await rewrite(
      job(body, '  val OLD_TABLE = "analytics.t1"\n'),
    );
    expect(result.after).toBe(
      job(
        body.replace('t1', 't2').replace('country', 'country_code'),
        '  val OLD_TABLE = "analytics.t2"\n',
      ),
    );
  });

  it('knows a constant from the name of an argument', async () => {
    const body = `    val table = Table.Spec("analytics.t1")
    sc.bigQueryTable(table).map(_.getString("country")).saveAsTypedBigQueryTable(table = out)`;
    const result = await rewrite(job(body));
    expect(result.after).toBe(
      job(body.replace('t1', 't2').replace('country', 'country_code')),
    );
  });
});
