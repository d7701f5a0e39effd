import { rewriteText, testMapping } from '../testing';

/** Only renames, no condition: `ratio` is an expression. */
const RENAMES = testMapping({ rows: { grain: 'same' } });
const FILTERED = testMapping();

function rewrite(text: string, mapping = RENAMES) {
  return rewriteText(text, { path: 'src/main/scala/Job.scala', mapping });
}

function reasonsOf(result: Awaited<ReturnType<typeof rewrite>>) {
  return [...new Set(result.findings.map(({ reason }) => reason))];
}

/** Puts statements into a job. */
function job(body: string, outside = ''): string {
  return `package x
import com.spotify.scio.bigquery._

object Job {
${outside}  def main(args: Array[String]): Unit = {
${body}
  }
}
`;
}

describe('SQL in Scala strings', () => {
  it.each([
    [
      'a plain string',
      '    sc.bigQuerySelect(Query("SELECT country FROM `shop.analytics.t1`"))',
      '    sc.bigQuerySelect(Query("SELECT country_code AS country FROM `shop.analytics.t2`"))',
    ],
    [
      'an old select with a plain argument',
      '    sc.bigQuerySelect("SELECT id, country FROM analytics.t1", flattenResults = true)',
      '    sc.bigQuerySelect("SELECT id, country_code AS country FROM analytics.t2", flattenResults = true)',
    ],
    [
      'an interpolated string',
      '    val q = s"SELECT country FROM analytics.t1 WHERE id > $n AND country = \'${c.x}\'"',
      '    val q = s"SELECT country_code AS country FROM analytics.t2 WHERE id > $n AND country_code = \'${c.x}\'"',
    ],
    [
      'a string with a margin',
      `    val q = s"""
      |#standardsql
      |SELECT m.country, x.*
      |FROM analytics.t1 m
      |JOIN other.x x ON x.k = m.id
      |WHERE m.country LIKE '% ' OR m.id = 1
      |""".stripMargin`,
      `    val q = s"""
      |#standardsql
      |SELECT m.country_code AS country, x.*
      |FROM analytics.t2 m
      |JOIN other.x x ON x.k = m.id
      |WHERE m.country_code LIKE '% ' OR m.id = 1
      |""".stripMargin`,
    ],
    [
      'joined strings',
      '    val q = "SELECT country " +\n      "FROM analytics.t1 " + "WHERE id = " + n',
      '    val q = "SELECT country_code AS country " +\n      "FROM analytics.t2 " + "WHERE id = " + n',
    ],
    [
      'a format',
      `    val q = "SELECT country FROM analytics.t1 WHERE country = '%s' AND ratio > 5 %% 3".format(c)`,
      `    val q = "SELECT country_code AS country FROM analytics.t2 WHERE country_code = '%s' AND (clicks + views) > 5 %% 3".format(c)`,
    ],
    [
      'a name with a hole of the plan',
      '    val q = s"SELECT country FROM `${env}_analytics.t1`"',
      '    val q = s"SELECT country_code AS country FROM `${env}_analytics.t2`"',
    ],
    [
      'an expression between joined conditions',
      '    val q = raw"SELECT id FROM analytics.t1 WHERE country = \'\\d\'"',
      '    val q = raw"SELECT id FROM analytics.t2 WHERE country_code = \'\\d\'"',
    ],
    [
      'a name that is put together from constants',
      '    val table = "t1"\n    val q = s"SELECT country FROM `shop.analytics.$table`"',
      '    val table = "t2"\n    val q = s"SELECT country_code AS country FROM `shop.analytics.$table`"',
    ],
  ])('rewrites %s', async (_, before, after) => {
    const result = await rewrite(job(before));
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(job(after));
    expect(result.outcome).toBe('changed');
    const again = await rewrite(result.after);
    expect(again.outcome).toBe('not-affected');
  });

  it('writes a new line with its margin', async () => {
    const text = job(`    val q = """
      |SELECT country
      |FROM analytics.t1
      |""".stripMargin`);
    const result = await rewrite(text, FILTERED);
    expect(result.after).toBe(
      text
        .replace('country', 'country_code AS country')
        .replace(
          'analytics.t1\n',
          'analytics.t2\n      |WHERE NOT is_deleted\n',
        ),
    );
  });

  it('escapes what the quotes need', async () => {
    const mapping = testMapping({
      rows: { grain: 'same', where: `country_code <> "$x%\\\\y"` },
    });
    const text = job(`    val a = "SELECT id FROM analytics.t1"
    val b = s"""SELECT id FROM analytics.t1 WHERE id > $n"""
    val c = """SELECT id FROM analytics.t1"""
    val d = "SELECT id FROM analytics.t1 WHERE id > %s".format(1)`);
    const result = await rewrite(text, mapping);
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(
      job(String.raw`    val a = "SELECT id FROM analytics.t2 WHERE country_code <> \"$x%\\\\y\""
    val b = s"""SELECT id FROM analytics.t2 WHERE id > $n AND country_code <> "$$x%\\\\y"""" 
    val c = """SELECT id FROM analytics.t2 WHERE country_code <> "$x%\\y""""
    val d = "SELECT id FROM analytics.t2 WHERE id > %s AND country_code <> \"$x%%\\\\y\"".format(1)`).replace(
        '"""" \n',
        '""""\n',
      ),
    );
  });

  it('makes a simple legacy query a standard one', async () => {
    const result = await rewrite(
      job(
        '    sc.bigQuerySelect("SELECT ratio FROM [shop:analytics.t1] LIMIT 9")',
      ),
      FILTERED,
    );
    expect(reasonsOf(result)).toEqual(['SQL_LEGACY_TRANSLATED']);
    expect(result.after).toBe(
      job(
        '    sc.bigQuerySelect("SELECT clicks + views AS ratio FROM `shop.analytics.t2` WHERE NOT is_deleted LIMIT 9")',
      ),
    );
  });

  it('proves each statement', async () => {
    const result = await rewrite(
      job('    val q = "SELECT country FROM analytics.t1"'),
    );
    expect(result.files[0].statements).toEqual([
      {
        label: 'line 6, statement 1',
        oldSql: 'SELECT country FROM shop.analytics.t1',
        newSql: 'SELECT country_code AS country FROM shop.analytics.t2',
        tables: [],
        ordered: false,
      },
    ]);
  });

  it.each([
    [
      'EMBEDDED_SQL_IN_PARTS',
      'val q = "SELECT id FROM analytics.t1"\n    run(q + " LIMIT 1")',
    ],
    ['EMBEDDED_SQL_IN_PARTS', 'sb.append("SELECT id FROM analytics.t1")'],
    [
      'SQL_LEGACY',
      'sc.bigQuerySelect("SELECT SUM(ratio) FROM [shop:analytics.t1]")',
    ],
    ['SCALA_NAME_IN_STRING', 'log("reading analytics.t1 now")'],
    ['SCALA_TABLE_USE_UNKNOWN', 'run("analytics.t1")'],
    [
      'SCALA_TABLE_USE_UNKNOWN',
      'run(s"SELECT id FROM ${name("analytics.t1")} WHERE x = 1")',
    ],
    [
      'SQL_WRITES_OLD_DATASET',
      'rows.saveAsBigQueryTable(Table.Spec("shop:analytics.t1"))',
    ],
    [
      'SQL_WRITES_OLD_DATASET',
      'run("INSERT INTO analytics.t1 (id) SELECT id FROM analytics.x")',
    ],
    [
      'SCALA_TABLE_FROM_ARGS',
      'sc.bigQueryTable(Table.Spec(args.getOrElse("in", "shop:analytics.t1")))',
    ],
    [
      'SCALA_TEST_DATA',
      'JobTest[Job.type].input(BigQueryIO[TableRow]("shop:analytics.t1"), rows)',
    ],
    ['PARSE_FAILED', 'run("SELECT id FROM FROM analytics.t1")'],
    ['CODE_PARSE_FAILED', 'run("SELECT id FROM analytics.t1"'],
  ])('hands over with %s', async (reason, line) => {
    const text = job(`    ${line}`);
    const result = await rewrite(text);
    expect(reasonsOf(result)).toContain(reason);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
    expect(result.uses.length).toBeGreaterThan(0);
  });

  it.each(['(q, n)', 'Some(q)', '`a)b`', 'q :: rest', 'x@('])(
    'does not lose itself in the pattern %s',
    async pattern => {
      const text = job(
        `    val ${pattern} = "SELECT country FROM analytics.t1"`,
      );
      const result = await rewrite(text, FILTERED);
      expect(result.after).toBe(text);
      expect(result.findings).not.toEqual([]);
    },
  );

  it('does nothing for comments, names in code and other strings', async () => {
    const text = job(
      '    // reads analytics.t1\n    val t1 = "x"\n    run(t1)',
    );
    const result = await rewrite(text);
    expect(result.outcome).toBe('not-affected');
  });

  it('marks a use that is left to its owner', async () => {
    const mapping = testMapping({
      fields: RENAMES.fields.map(field =>
        field.name === 'ratio'
          ? { kind: 'gone', name: 'ratio', reason: 'No equivalent.' }
          : field,
      ),
    });
    const text = job('    val q = "SELECT ratio FROM analytics.t1"');
    const result = await rewriteText(text, {
      path: 'a.scala',
      mapping,
      answers: [{ field: 'ratio', answer: { kind: 'leave' } }],
    });
    expect(result.after).toBe(
      text.replace(
        '    val q',
        '    // Dataset migration: ratio needs a person. No equivalent.\n    val q',
      ),
    );
    const asked = await rewriteText(text, { path: 'a.scala', mapping });
    expect(asked.outcome).toBe('questions');
    expect(asked.after).toBe(text);
  });
});

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

  it.each([
    [
      'fromTable',
      '  @BigQueryType.fromTable("shop:analytics.t1")\n  class Row\n',
      `  @BigQueryType.fromQuery("""
    SELECT id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio
    FROM \`shop.analytics.t2\`
  """)
  class Row
`,
    ],
    [
      'fromStorage',
      '  @BigQueryType.fromStorage(\n    "shop:analytics.t1",\n    selectedFields = List("id", "country"),\n    rowRestriction = "id > 1"\n  )\n  class Row\n',
      '  @BigQueryType.fromQuery("SELECT id, country_code AS country FROM `shop.analytics.t2` WHERE id > 1")\n  class Row\n',
    ],
    [
      'fromStorage, by position',
      '  @BigQueryType.fromStorage("shop:analytics.t1", Nil, List("country"))\n  class Row\n',
      '  @BigQueryType.fromQuery("SELECT country_code AS country FROM `shop.analytics.t2`")\n  class Row\n',
    ],
    [
      'fromQuery with values',
      `  @BigQueryType.fromQuery(
    """
      |select country
      |from \`analytics.%s\`
      |where country = '%s'
    """.stripMargin,
    "t1",
    "20190719"
  )
  class Row
`,
      `  @BigQueryType.fromQuery(
    """
      |select country_code AS country
      |from \`analytics.%s\`
      |where country_code = '%s'
    """.stripMargin,
    "t2",
    "20190719"
  )
  class Row
`,
    ],
  ])('keeps the fields of a class made by %s', async (_, before, after) => {
    const body = '    sc.typedBigQuery[Row]().map(_.country)';
    const result = await rewrite(job(body, before));
    expect(result.after).toBe(job(body, after));
    expect(result.outcome).toBe('changed');
  });

  it.each([
    [
      '  @BigQueryType.fromStorage("shop:analytics.%s", args = List("t1"), selectedFields = List("id"))\n  class Row\n',
    ],
    [
      '  @BigQueryType.fromStorage("shop:analytics.%s", List("t1"), List("id"))\n  class Row\n',
    ],
  ])('names the table by values: %s', async before => {
    const body = '    sc.typedBigQuery[Row]().map(_.id)';
    const result = await rewrite(job(body, before));
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(job(body, before.replace('t1', 't2')));
  });

  it('carries the holes of a sharded table over', async () => {
    const mapping = testMapping({
      rows: { grain: 'same' },
      from: {
        ...RENAMES.from,
        names: {
          ...RENAMES.from.names,
          patterns: ['shop.analytics.t1_${date}'],
        },
      },
      to: {
        ...RENAMES.to,
        names: { ...RENAMES.to.names, patterns: ['shop.analytics.t2_${date}'] },
      },
    });
    const before = `  @BigQueryType.fromQuery("SELECT country FROM \`shop.analytics.t1_%s\`", "$LATEST")
  class Row
  @BigQueryType.fromStorage("shop:analytics.t1_%s", List("$LATEST"), List("id"))
  class Other
`;
    const result = await rewrite(job('', before), mapping);
    expect(reasonsOf(result)).toEqual([]);
    expect(result.after).toBe(
      job(
        '',
        before
          .replace(/t1_/g, 't2_')
          .replace('SELECT country', 'SELECT country_code AS country'),
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

  it.each([
    [
      'SCALA_TYPED_FIELD',
      '    sc.typedBigQuery[Row]()',
      '  @BigQueryType.fromTable("shop:analytics.t1")\n  class Row\n',
      true,
    ],
    [
      'SCALA_TYPED_FIELD',
      '    sc.bigQueryTable(Row.table)',
      '  @BigQueryType.fromTable("shop:analytics.t1")\n  class Row\n',
      false,
    ],
    [
      'SCALA_TABLE_USE_UNKNOWN',
      '    val t = "analytics.t1"\n    f(t)',
      '',
      false,
    ],
    [
      'SCALA_TABLE_USE_UNKNOWN',
      '    val t = "analytics.t1"\n    sc.bigQueryTable(t)\n    f(t)',
      '',
      false,
    ],
  ])('hands over with %s', async (reason, body, outside, required) => {
    const mapping = testMapping({
      rows: { grain: 'same' },
      from: {
        ...RENAMES.from,
        contract: {
          ...RENAMES.from.contract,
          fields: RENAMES.from.contract.fields.map(field => ({
            ...field,
            required: required && field.name === 'country',
          })),
        },
      },
    });
    const text = job(body, outside);
    const result = await rewrite(text, mapping);
    expect(reasonsOf(result)).toContain(reason);
    expect(result.after).toBe(text);
  });
});

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

  it('leaves a table that the frame is written to', async () => {
    const text = spark('    df.write.format("bigquery").save("analytics.t1")');
    const result = await rewrite(text);
    expect(result.outcome).toBe('needs-person');
    expect(result.after).toBe(text);
  });
});
