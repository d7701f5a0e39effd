import { rewriteText, testMapping } from '../testing';
import { FILTERED, RENAMES, job, reasonsOf, rewrite } from './testing';

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

  it.each([
    'println("reading analytics.t1 now")',
    'logger.info("reading " + ("analytics.t1 of " + day))',
    'LOG.warn(s"no rows in analytics.t1 for $day")',
    '"A job" should "read analytics.t1 only once" in { check() }',
    'test("all of analytics.t1 is read") { check() }',
  ])('does nothing for what is only shown: %s', async line => {
    const result = await rewrite(job(`    ${line}`));
    expect(result.outcome).toBe('not-affected');
  });

  it.each([
    'val message = "reading analytics.t1 now"',
    'test("all of analytics.t1 is read")',
    'logger.table("rows of analytics.t1 now")',
    'println(count("rows of analytics.t1 now"))',
    'command ++ "rows of analytics.t1 now"',
  ])('hands over what may be more than shown: %s', async line => {
    const result = await rewrite(job(`    ${line}`));
    expect(reasonsOf(result)).toEqual(['SCALA_NAME_IN_STRING']);
  });

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
