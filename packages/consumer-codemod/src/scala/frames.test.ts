import { testMapping } from '../testing';
import { FILTERED, RENAMES, job, reasonsOf, rewrite } from './testing';

describe('reads of a data frame in Scala', () => {
  const spark = (body: string) =>
    job(body).replace(
      'import com.spotify.scio.bigquery._',
      'import org.apache.spark.sql.SparkSession',
    );

  it.each([
    [
      'a table by its name',
      '    val df = spark.table("analytics.t1").select("country")',
      '    val df = spark.table("analytics.t2").where("NOT is_deleted").selectExpr("id", "country_code AS country", "TIMESTAMP_MILLIS(event_ms) AS activity_ts", "clicks + views AS ratio").select("country")',
    ],
    [
      'a load, call by call',
      `    val df = spark.read
      .format("bigquery")
      .load("shop:analytics.t1")
      .cache()`,
      `    val df = spark.read
      .format("bigquery")
      .load("shop:analytics.t2")
      .where("NOT is_deleted")
      .selectExpr("id", "country_code AS country", "TIMESTAMP_MILLIS(event_ms) AS activity_ts", "clicks + views AS ratio")
      .cache()`,
    ],
    [
      'an option',
      '    val df = spark.read.format("bigquery").option("table", "shop.analytics.t1").option("x", 1).load()',
      '    val df = spark.read.format("bigquery").option("table", "shop.analytics.t2").option("x", 1).load().where("NOT is_deleted").selectExpr("id", "country_code AS country", "TIMESTAMP_MILLIS(event_ms) AS activity_ts", "clicks + views AS ratio")',
    ],
    [
      'a reader that is set up, whose columns are named,',
      '    val df = spark.read.bigquery(config).option("table", "analytics.t1").load().filter($"country" === "de" && s"$x$y" != "$")',
      '    val df = spark.read.bigquery(config).option("table", "analytics.t2").load().where("NOT is_deleted").selectExpr("id", "country_code AS country", "TIMESTAMP_MILLIS(event_ms) AS activity_ts", "clicks + views AS ratio").filter($"country" === "de" && s"$x$y" != "$")',
    ],
    [
      'a query of its own',
      '    val df = spark.sql("SELECT ratio FROM analytics.t1")',
      '    val df = spark.sql("SELECT clicks + views AS ratio FROM analytics.t2 WHERE NOT is_deleted")',
    ],
  ])('gives %s the old columns', async (_, before, after) => {
    const result = await rewrite(spark(before), FILTERED);
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(spark(after));
    expect(result.files[0].statements).toHaveLength(1);
    const again = await rewrite(result.after, FILTERED);
    expect(again.outcome).toBe('not-affected');
  });

  it.each([
    '    spark.table("analytics.t1")',
    '    spark.sql("SELECT ratio FROM analytics.t1")',
  ])('hands over what Spark reads otherwise: %s', async line => {
    const mapping = testMapping({
      fields: RENAMES.fields.map(field =>
        field.name === 'ratio'
          ? {
              kind: 'expression',
              name: 'ratio',
              is: 'SAFE_DIVIDE(clicks, views)',
            }
          : field,
      ),
    });
    const result = await rewrite(spark(line), mapping);
    expect(reasonsOf(result)).toContain('SQL_OTHER_DIALECT');
    expect(result.after).toBe(spark(line));
  });

  it.each([
    '.option("filter", "ratio > 5")',
    '.option("query", "x")',
    '.option(key, "x")',
    '.options(more)',
    '.schema(fields)',
  ])('hands over a read that may name columns by %s', async call => {
    for (const line of [
      `    spark.read.format("bigquery")${call}.option("table", "shop.analytics.t1").load()`,
      `    spark.read.format("bigquery").option("table", "shop.analytics.t1")${call}.load()`,
      `    spark.read.format("bigquery")${call}.load("shop.analytics.t1")`,
    ]) {
      const result = await rewrite(spark(line), FILTERED);
      expect(result.outcome).toBe('needs-person');
      expect(result.after).toBe(spark(line));
    }
  });

  it('knows options that name no column', async () => {
    const result = await rewrite(
      spark(
        '    spark.read.format("bigquery").option("readDataFormat", "ARROW").option("pushAllFilters", true).load("shop.analytics.t1")',
      ),
      FILTERED,
    );
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toContain('.load("shop.analytics.t2").where(');
  });

  const VIEWED = `    val df = spark.table("analytics.t1")
    df.createOrReplaceTempView("t1")
    spark.sql("SELECT country FROM t1 WHERE t1.id > 1")`;

  it('knows a view that is named like the table', async () => {
    const result = await rewrite(spark(VIEWED), FILTERED);
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toContain('spark.table("analytics.t2").where(');
    expect(result.after).toContain(VIEWED.slice(VIEWED.indexOf('df.create')));
  });

  it.each([
    ['a name that no view has', VIEWED.replace('View("t1")', 'View("v1")')],
    ['a query of something else', VIEWED.replace('spark.sql(', 'client.run(')],
  ])('does not take for a view %s', async (_, text) => {
    const result = await rewrite(spark(text), FILTERED);
    expect(result.after).toContain('SELECT country_code AS country FROM t2 ');
  });

  it('rewrites a query of the table beside a view of its name', async () => {
    const result = await rewrite(
      spark(
        VIEWED.replace('FROM t1 WHERE t1.id', 'FROM analytics.t1 WHERE id'),
      ),
      FILTERED,
    );
    expect(result.after).toContain(
      'SELECT country_code AS country FROM analytics.t2 WHERE',
    );
  });

  it('leaves a table that the frame is written to', async () => {
    const text = spark('    df.write.format("bigquery").save("analytics.t1")');
    const result = await rewrite(text);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
  });
});
