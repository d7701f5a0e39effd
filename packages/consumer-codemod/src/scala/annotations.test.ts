import { testMapping } from '../testing';
import {
  jobTest,
  rewriteFiles,
  RENAMES,
  job,
  reasonsOf,
  rewrite,
} from './testing';

describe('classes that are made of a table', () => {
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

  it.each([
    ['[shop:analytics.t1]', 'country', false],
    ['[shop:analytics.t1]', 'id', true],
    ['`shop.analytics.t1`', 'country', true],
  ])(
    'keeps what is required in a class of a query: FROM %s with %s',
    async (table, required, isChanged) => {
      const mapping = testMapping({
        from: {
          ...RENAMES.from,
          contract: {
            ...RENAMES.from.contract,
            fields: RENAMES.from.contract.fields.map(field => ({
              ...field,
              required: field.name === required,
            })),
          },
        },
      });
      const text = job(
        '',
        `  @BigQueryType.fromQuery("SELECT country FROM ${table}")\n  class Row\n`,
      );
      const result = await rewrite(text, mapping);
      expect(result.after !== text).toBe(isChanged);
      expect(reasonsOf(result).includes('SCALA_TYPED_FIELD')).toBe(!isChanged);
    },
  );

  it('keeps the order of the table in a class', async () => {
    const before =
      '  @BigQueryType.fromStorage("shop:analytics.t1", selectedFields = List("country", "id"))\n  class Row\n';
    const result = await rewrite(job('', before));
    expect(result.after).toContain('"SELECT id, country_code AS country FROM');
  });

  const CLASS =
    '  @BigQueryType.fromStorage("shop:analytics.t1", selectedFields = List("country"))\n  class Row\n';
  const READ = job('    sc.typedBigQuery[Row]()', CLASS);
  const KEYS = jobTest(
    'JobTest[x.Job.type].input(BigQueryIO[Job.Row](Job.Row.table, List("country"), None), Seq(Job.Row(Some("de")))).run()',
  );

  it('names the data of a test by the query that a class is made of', async () => {
    const files = { 'Job.scala': READ, 'JobTest.scala': KEYS };
    const { after, reasons } = await rewriteFiles(files);
    const query = '"SELECT country_code AS country FROM `shop.analytics.t2`"';
    expect(reasons).toEqual([]);
    expect(after['Job.scala']).toContain(`@BigQueryType.fromQuery(${query})`);
    expect(after['JobTest.scala']).toBe(
      KEYS.replace('(Job.Row.table, List("country"), None)', `(${query})`),
    );
    const again = await rewriteFiles({ ...files, ...after });
    expect(again.result.outcome).toBe('not-affected');
  });

  it.each([
    KEYS.replace('Seq(Job', 'f(Job.Row.schema), Seq(Job'),
    KEYS.replace('Job.Row.table', 'name(Job.Row.table)'),
    KEYS.replace('BigQueryIO', 'Table.Spec'),
    KEYS.replace('JobTest[x.Job.type]', 'job'),
    KEYS.replace('.run()', '; log("reads shop.analytics.t1")'),
  ])('hands over a class whose companion is used otherwise', async test => {
    const { after, reasons } = await rewriteFiles({
      'Job.scala': READ,
      'JobTest.scala': test,
    });
    expect(reasons).toContain('SCALA_TYPED_FIELD');
    expect(after).toEqual({});
  });

  const REQUIRED = testMapping({
    from: {
      ...RENAMES.from,
      contract: {
        ...RENAMES.from.contract,
        fields: RENAMES.from.contract.fields.map(field => ({
          ...field,
          required: field.name === 'id',
        })),
      },
    },
  });
  const QUERY =
    '"SELECT id, country_code AS country FROM `shop.analytics.t2` WHERE NOT is_deleted"';
  const TYPED = [
    '    sc.typedBigQuery[Row]().map(_.id)',
    '    save(Table.Spec("x:y.z"))',
  ].join('\n');
  const WRITTEN =
    '  @BigQueryType.toTable\n  case class Row(id: Long, country: Option[String])\n';

  it.each([
    [
      '  @BigQueryType.fromStorage("shop:analytics.t1", selectedFields = List("country", "id"))\n  class Row\n',
      QUERY,
    ],
    [
      '  @BigQueryType.fromQuery("SELECT id, country FROM [shop:analytics.t1]")\n  class Row\n',
      QUERY,
    ],
  ])('writes out a class with a required field: %s', async (made, query) => {
    const test = jobTest(
      `JobTest[x.Job.type].input(BigQueryIO[Job.Row](Job.Row.${
        made.includes('Query(') ? 'queryRaw' : 'table'
      }), Seq(Job.Row(1, None))).run()`,
    );
    const files = { 'Job.scala': job(TYPED, made), 'JobTest.scala': test };
    const { after, reasons } = await rewriteFiles(files, REQUIRED);
    expect(reasons).toEqual([]);
    expect(after['Job.scala']).toBe(
      job(TYPED.replace('[Row]()', `[Row](Query(${query}))`), WRITTEN),
    );
    expect(after['JobTest.scala']).toContain(`BigQueryIO[Job.Row](${query})`);
    const again = await rewriteFiles({ ...files, ...after }, REQUIRED);
    expect(again.result.outcome).toBe('not-affected');
  });

  const MADE =
    '  @BigQueryType.fromStorage("shop:analytics.t1", selectedFields = List("id"))\n  class Row\n';

  it.each([
    ['is read with another source', TYPED.replace('()', '(other)'), MADE],
    ['is not read', '    save(Table.Spec("x:y.z"))', MADE],
    ['is read in an older way', TYPED.split('\n')[0], MADE],
    [
      'is read by storage',
      `${TYPED}\n    sc.typedBigQueryStorage[Row]()`,
      MADE,
    ],
    [
      'has members',
      TYPED,
      MADE.replace('class Row', 'class Row { def x = 1 }'),
    ],
    ['has a companion that is used', `${TYPED}\n    f(Row.schema)`, MADE],
    [
      'is made of an expression',
      TYPED,
      MADE.replace(
        /fromStorage.*/,
        'fromQuery("SELECT id, country + \'x\' AS c FROM [shop:analytics.t1]")',
      ),
    ],
  ])(
    'hands over a class with a required field that %s',
    async (_, body, made) => {
      const text = job(body, made);
      const result = await rewrite(text, REQUIRED);
      expect(result.outcome).toBe('needs-person');
      expect(result.after).toBe(text);
    },
  );

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
