import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { testMapping } from '../testing';
import { rewritePythonText } from './testing';

jest.setTimeout(60_000);

const VIEW =
  'id, country_code AS country, TIMESTAMP_MILLIS(event_ms) AS activity_ts, clicks + views AS ratio';

/** The view as a query of several lines, in code that is not indented. */
const query = (table: string) =>
  [
    '',
    '    SELECT',
    `        ${VIEW.split(', ').join(',\n        ')}`,
    `    FROM \`${table}\``,
    '    WHERE NOT is_deleted',
    '',
  ].join('\n');
const PROJECTION = `.where("NOT is_deleted").selectExpr(${VIEW.split(', ')
  .map(column => `\n    "${column}",`)
  .join('')}\n)`;

/** Before and after, with `rows.where`. */
const REWRITTEN: Array<[string, string, string]> = [
  [
    'a triple-quoted string that a call gets by name',
    'q = """\nSELECT country, COUNT(*) n\nFROM `shop.analytics.t1`\nWHERE id > 3\nGROUP BY country\n"""\ndf = client.query(q).to_dataframe()\n',
    'q = """\nSELECT country_code AS country, COUNT(*) n\nFROM `shop.analytics.t2`\nWHERE id > 3 AND NOT is_deleted\nGROUP BY country\n"""\ndf = client.query(q).to_dataframe()\n',
  ],
  [
    'a string with escapes, the line feeds of which stay escapes',
    "client.query('SELECT country\\nFROM analytics.t1\\nLIMIT 5')",
    "client.query('SELECT country_code AS country\\nFROM analytics.t2\\nWHERE NOT is_deleted\\nLIMIT 5')",
  ],
  [
    'a raw string',
    'client.query(r"SELECT REGEXP_EXTRACT(country, r\'\\d+\') x FROM analytics.t1")',
    'client.query(r"SELECT REGEXP_EXTRACT(country_code, r\'\\d+\') x FROM analytics.t2 WHERE NOT is_deleted")',
  ],
  [
    'adjacent literals',
    'client.query(\n    "SELECT country "\n    \'FROM analytics.t1 \'\n    "WHERE id > 1"\n)',
    'client.query(\n    "SELECT country_code AS country "\n    \'FROM analytics.t2 \'\n    "WHERE id > 1 AND NOT is_deleted"\n)',
  ],
  [
    'an f-string with values',
    'client.query(f"SELECT country FROM analytics.t1 WHERE id = {user_id} AND country != \'{c}\'")',
    'client.query(f"SELECT country_code AS country FROM analytics.t2 WHERE id = {user_id} AND country_code != \'{c}\' AND NOT is_deleted")',
  ],
  [
    'lists of values, whatever they are called',
    'client.query(f"SELECT country FROM analytics.t1 WHERE country IN ({names_for_filter}) AND id NOT IN {key_list}")',
    'client.query(f"SELECT country_code AS country FROM analytics.t2 WHERE country_code IN ({names_for_filter}) AND id NOT IN {key_list} AND NOT is_deleted")',
  ],
  [
    'an f-string whose hole may print a column',
    'def build(dims):\n    return f"SELECT {dims}, COUNT(*) FROM analytics.t1 GROUP BY {dims}"',
    `def build(dims):\n    return f"SELECT {dims}, COUNT(*) FROM (SELECT ${VIEW} FROM analytics.t2 WHERE NOT is_deleted) GROUP BY {dims}"`,
  ],
  [
    'a template whose variable may be a column',
    'string.Template("SELECT $dim FROM analytics.t1 GROUP BY $dim").substitute(dim=d)',
    `string.Template("SELECT $dim FROM (SELECT ${VIEW} FROM analytics.t2 WHERE NOT is_deleted) GROUP BY $dim").substitute(dim=d)`,
  ],
  [
    'queries in collections that are run as they are',
    'Q = {"a": "SELECT country FROM analytics.t1"}\nclient.query(Q["a"])\nfor q in ["SELECT id FROM analytics.t1"]:\n    client.query(q)',
    'Q = {"a": "SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted"}\nclient.query(Q["a"])\nfor q in ["SELECT id FROM analytics.t2 WHERE NOT is_deleted"]:\n    client.query(q)',
  ],
  [
    'a function and an attribute that give the query on',
    'class A:\n    q = "SELECT country FROM analytics.t1"\n    def sql(self):\n        return f"SELECT id FROM analytics.t1 WHERE id = {self.n}"\n    def run(self):\n        return client.query(self.sql()), client.query(self.q)',
    'class A:\n    q = "SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted"\n    def sql(self):\n        return f"SELECT id FROM analytics.t2 WHERE id = {self.n} AND NOT is_deleted"\n    def run(self):\n        return client.query(self.sql()), client.query(self.q)',
  ],
  [
    'a constant of a class, and an attribute that is set once',
    'class A:\n    T = "shop.analytics.t1"\n    def __init__(self):\n        self.sql = "SELECT id FROM analytics.t1"\n    def run(self):\n        client.query(self.sql + " LIMIT 5")\n        return client.query(f"SELECT country FROM `{self.T}`")',
    'class A:\n    T = "shop.analytics.t2"\n    def __init__(self):\n        self.sql = "SELECT id FROM analytics.t2 WHERE NOT is_deleted"\n    def run(self):\n        client.query(self.sql + " LIMIT 5")\n        return client.query(f"SELECT country_code AS country FROM `{self.T}` WHERE NOT is_deleted")',
  ],
  [
    'a table name put together from constants',
    'P = "shop"\nT = "t1"\nclient.query(f"SELECT country FROM `{P}.analytics.{T}`")\nclient.query(f"SELECT id FROM `{P}.analytics.{T}`")',
    'P = "shop"\nT = "t2"\nclient.query(f"SELECT country_code AS country FROM `{P}.analytics.{T}` WHERE NOT is_deleted")\nclient.query(f"SELECT id FROM `{P}.analytics.{T}` WHERE NOT is_deleted")',
  ],
  [
    'a project that is not known',
    'def run(project):\n    client.query(f"SELECT country FROM `{project}.analytics.t1`")',
    'def run(project):\n    client.query(f"SELECT country_code AS country FROM `{project}.analytics.t2` WHERE NOT is_deleted")',
  ],
  [
    'a name with a hole of the plan',
    'client.query(f"SELECT country FROM {env}_analytics.t1")',
    'client.query(f"SELECT country_code AS country FROM {env}_analytics.t2 WHERE NOT is_deleted")',
  ],
  [
    'str.format with the table as an argument',
    'TABLE = \'shop.analytics.t1\'\nclient.query("SELECT country, \'{{}}\' FROM `{}` WHERE id={}".format(TABLE, x))\nprint("read %s" % TABLE)',
    'TABLE = \'shop.analytics.t2\'\nclient.query("SELECT country_code AS country, \'{{}}\' FROM `{}` WHERE id={} AND NOT is_deleted".format(TABLE, x))\nprint("read %s" % TABLE)',
  ],
  [
    'percent formatting',
    'client.query("SELECT country FROM analytics.t1 WHERE id = %s AND country LIKE \'a%%\'" % (x,))',
    'client.query("SELECT country_code AS country FROM analytics.t2 WHERE id = %s AND country_code LIKE \'a%%\' AND NOT is_deleted" % (x,))',
  ],
  [
    'dedent and strip',
    'sql = textwrap.dedent("""\n    SELECT country\n    FROM analytics.t1\n""").strip()\nclient.query(sql)',
    'sql = textwrap.dedent("""\n    SELECT country_code AS country\n    FROM analytics.t2\n    WHERE NOT is_deleted\n""").strip()\nclient.query(sql)',
  ],
  [
    'a name that is used again for another query',
    'q = "SELECT country FROM analytics.t1"\na = pd.read_gbq(q)\nq = "SELECT 1 FROM other.u"\nb = pd.read_gbq(q)',
    'q = "SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted"\na = pd.read_gbq(q)\nq = "SELECT 1 FROM other.u"\nb = pd.read_gbq(q)',
  ],
  [
    'a query that goes on in the next line',
    'q = "SELECT country FROM analytics.t1"\nq += " WHERE id = 2"\nclient.query(q)',
    'q = "SELECT country_code AS country FROM analytics.t2"\nq += " WHERE id = 2 AND NOT is_deleted"\nclient.query(q)',
  ],
  [
    'an Airflow operator with templates',
    'BigQueryInsertJobOperator(\n    task_id="t1",\n    configuration={"query": {"query": "SELECT country FROM `{{ params.p }}.analytics.t1` WHERE country = \'{{ ds }}\'", "useLegacySql": False}},\n)',
    'BigQueryInsertJobOperator(\n    task_id="t1",\n    configuration={"query": {"query": "SELECT country_code AS country FROM `{{ params.p }}.analytics.t2` WHERE country_code = \'{{ ds }}\' AND NOT is_deleted", "useLegacySql": False}},\n)',
  ],
  [
    'check operators',
    'BigQueryCheckOperator(task_id="c", sql="SELECT COUNT(*) FROM analytics.t1")\nSQLExecuteQueryOperator(task_id="d", sql=["SELECT ratio FROM analytics.t1"])',
    'BigQueryCheckOperator(task_id="c", sql="SELECT COUNT(*) FROM analytics.t2 WHERE NOT is_deleted")\nSQLExecuteQueryOperator(task_id="d", sql=["SELECT clicks + views AS ratio FROM analytics.t2 WHERE NOT is_deleted"])',
  ],
  [
    'Spark SQL and the query option of its connector',
    'a = spark.sql("SELECT country FROM analytics.t1")\nb = spark.read.format("bigquery").option("query", "SELECT id FROM analytics.t1").load()',
    'a = spark.sql("SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted")\nb = spark.read.format("bigquery").option("query", "SELECT id FROM analytics.t2 WHERE NOT is_deleted").load()',
  ],
  [
    'a function of the file that passes the query on as it is',
    'def run(sql, retries=1):\n    log.info(f"running {sql}")\n    return client.query(sql)\nrun("SELECT country FROM analytics.t1")',
    'def run(sql, retries=1):\n    log.info(f"running {sql}")\n    return client.query(sql)\nrun("SELECT country_code AS country FROM analytics.t2 WHERE NOT is_deleted")',
  ],
  [
    'a quote that the literal has to escape',
    'client.query(\'SELECT country FROM analytics.t1 WHERE country = "DE"\')',
    'client.query(\'SELECT country_code AS country FROM analytics.t2 WHERE country_code = "DE" AND NOT is_deleted\')',
  ],
  [
    'Windows line ends and a byte order mark',
    '\uFEFFq = """\r\nSELECT country\r\nFROM analytics.t1\r\n"""\r\nclient.query(q)\r\n',
    '\uFEFFq = """\r\nSELECT country_code AS country\r\nFROM analytics.t2\r\nWHERE NOT is_deleted\r\n"""\r\nclient.query(q)\r\n',
  ],
  [
    'read_gbq of a table',
    'df = pd.read_gbq("shop.analytics.t1", project_id="shop")',
    `df = pd.read_gbq("""${query('shop.analytics.t2')}""", project_id="shop")`,
  ],
  [
    'read_gbq of a constant',
    'TABLE = "shop.analytics.t1"\ndf = pandas_gbq.read_gbq(TABLE)',
    `TABLE = "shop.analytics.t2"\ndf = pandas_gbq.read_gbq(f"""${query(
      '{TABLE}',
    )}""")`,
  ],
  [
    'list_rows',
    "rows = client.list_rows('shop.analytics.t1', max_results=10)\nmore = client.list_rows('shop.analytics.t1')",
    `rows = client.query('''${query(
      'shop.analytics.t2',
    )}''').result(max_results=10)\nmore = client.query('''${query(
      'shop.analytics.t2',
    )}''').result()`,
  ],
  [
    'tables that Spark reads',
    'a = spark.table("analytics.t1")\nb = spark.read.table("analytics.t1")\nc = spark.read.format("bigquery").option("table", "shop.analytics.t1").load()',
    [
      'a = spark.table("analytics.t2")',
      'b = spark.read.table("analytics.t2")',
      'c = spark.read.format("bigquery").option("table", "shop.analytics.t2").load()',
    ]
      .map(line => line + PROJECTION)
      .join('\n'),
  ],
  [
    'a table of Beam and of Spark, with its project in the old way',
    'a = beam.io.ReadFromBigQuery(table="shop:analytics.t1", gcs_location=x)\nb = spark.read.format("bigquery").load("shop:analytics.t1")',
    `a = beam.io.ReadFromBigQuery(query="SELECT ${VIEW} FROM \`shop.analytics.t2\` WHERE NOT is_deleted", use_standard_sql=True, gcs_location=x)\nb = spark.read.format("bigquery").load("shop:analytics.t2")${PROJECTION}`,
  ],
  [
    'a sensor that names the table in parts',
    'BigQueryTableExistenceSensor(task_id="w", project_id="shop", dataset_id="analytics", table_id="t1")',
    'BigQueryTableExistenceSensor(task_id="w", project_id="shop", dataset_id="analytics", table_id="t2")',
  ],
];

/** What is handed over, and why. */
const REFUSED: Array<[string, string, string]> = [
  [
    'a condition that only one branch adds',
    'q = "SELECT country FROM analytics.t1"\nif a:\n    q += " WHERE id = 2"\nclient.query(q)',
    'PYTHON_STRING_SHARED',
  ],
  [
    'text of unknown shape behind the table',
    'client.query("SELECT country FROM analytics.t1" + where)',
    'TABLE_NAME_AMBIGUOUS|SQL_REFERENCE_UNRESOLVED',
  ],
  [
    'a function of the file that adds to the query',
    'def run(sql):\n    return client.query(sql + " LIMIT 10")\nrun("SELECT country FROM analytics.t1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'a function that gives a query back to be added to',
    'def base():\n    return "SELECT country FROM analytics.t1"\nclient.query(base() + " WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'a query of a dictionary that is added to',
    'Q = {"a": "SELECT country FROM analytics.t1"}\nclient.query(Q["a"] + " WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'parts that are joined',
    'client.query(" ".join(["SELECT country FROM analytics.t1", "WHERE id = 1"]))',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'parts of a list that are joined',
    'parts = ["SELECT country FROM analytics.t1", "WHERE id = 1"]\nclient.query(" ".join(parts))',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'parts that are written one after the other',
    'f.write("SELECT country FROM analytics.t1 ")\nf.write("WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'parts that are gathered',
    'parts.append("SELECT country FROM analytics.t1")\nparts.append("WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'a query in a loop that is added to',
    'Q = ["SELECT country FROM analytics.t1"]\nfor q in Q:\n    client.query(f"{q} WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'an attribute that is set again',
    'class A:\n    T = "shop.analytics.t1"\n    def f(self):\n        return client.query(f"SELECT country FROM `{self.T}`")\na = A()\na.T = "u"',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'an attribute of something else',
    'class A:\n    T = "shop.analytics.t1"\n    def f(self):\n        return client.query(f"SELECT country FROM `{self.T}`")\nload(other.T)',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'an attribute that is set when the object is made',
    '@dataclass\nclass A:\n    table: str = "shop.analytics.t1"\n    def f(self):\n        return client.query(f"SELECT country FROM `{self.table}`")',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'a name that an inner function adds to',
    'def f():\n    q = "SELECT country FROM analytics.t1"\n    def g():\n        nonlocal q\n        q += " WHERE id = 1"\n    g()\n    client.query(q)',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'a constant of a class that is added to',
    'class Q:\n    BASE = "SELECT country FROM analytics.t1"\nclass R(Q):\n    FULL = make(Q).BASE + " WHERE id = 1"',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'columns in a string that is used otherwise, too',
    'cols = "id, country"\ndf = client.query(f"SELECT {cols} FROM analytics.t1")\nprint(df[cols.split(", ")])',
    'PYTHON_STRING_SHARED',
  ],
  [
    'columns in a string that stands for two things',
    'cols = "id, country"\nclient.query(f"SELECT {cols}, MAX(ratio) FROM analytics.t1 GROUP BY {cols}")',
    'EDIT_NOT_VERIFIED|PYTHON_STRING_SHARED',
  ],
  [
    'an attribute that is added to',
    'class A:\n    def __init__(self):\n        self.q = "SELECT country FROM analytics.t1"\n        self.q = x or "SELECT 1"\n    def run(self):\n        return f"{self.q} WHERE id = 1"',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'one of two queries that is added to',
    'if a:\n    q = "SELECT country FROM analytics.t1"\nelse:\n    q = "SELECT 1"\nclient.query(f"{q} WHERE id = 1")',
    'PYTHON_SQL_DYNAMIC',
  ],
  [
    'a job in legacy SQL',
    'Op(configuration={"query": {"query": "SELECT country FROM analytics.t1", "useLegacySql": True}})',
    'SQL_LEGACY',
  ],
  [
    'a configuration that may be legacy SQL',
    'c = QueryJobConfig(use_legacy_sql=True)\nclient.query("SELECT country FROM analytics.t1", job_config=c)',
    'SQL_LEGACY',
  ],
  [
    'a format string that is also used for another table',
    'q = "SELECT country FROM {}"\nclient.query(q.format("analytics.t1"))\nclient.query(q.format("analytics.t9"))',
    'PYTHON_STRING_SHARED',
  ],
  [
    'a constant that is also used for another dataset',
    't = "t1"\nclient.query(f"SELECT country FROM analytics.{t}")\nclient.query(f"SELECT country FROM other.{t}")',
    'PYTHON_STRING_SHARED',
  ],
  [
    'a dataset that is not known',
    'client.query(f"SELECT country FROM {dataset}.t1")',
    'TABLE_NAME_AMBIGUOUS',
  ],
  [
    'half a query',
    'client.query(prefix + "FROM analytics.t1 WHERE id = 1")',
    'PYTHON_SQL_FRAGMENT',
  ],
  [
    'legacy SQL',
    'client.query("SELECT country FROM analytics.t1", use_legacy_sql=True)',
    'SQL_LEGACY',
  ],
  [
    'an expression that Spark may read otherwise',
    'spark.sql("SELECT ratio FROM analytics.t1")',
    'PYTHON_SPARK_EXPRESSION',
  ],
  [
    'writes',
    'df.to_gbq("analytics.t1")\ndf.write.format("bigquery").save("analytics.t1")\nclient.load_table_from_dataframe(df, "shop.analytics.t1")',
    'PYTHON_WRITES_OLD_DATASET',
  ],
  [
    'a wildcard that covers the table',
    'client.query("SELECT id FROM `shop.analytics.t*`")',
    'SQL_WILDCARD_TABLE',
  ],
  [
    'SQL that writes',
    'client.query("INSERT INTO analytics.t1 (id) VALUES (1)")',
    'SQL_WRITES_OLD_DATASET',
  ],
  [
    'a table that is only looked up',
    't = client.get_table("shop.analytics.t1")\nprint(t.schema)',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  ['a setting', 'TABLE = "analytics.t1"', 'PYTHON_TABLE_USE_UNKNOWN'],
  [
    'bytes',
    'run(b"SELECT country FROM analytics.t1")',
    'PYTHON_STRING_NOT_READ',
  ],
  ['what is no Python', 'x = = "analytics.t1"', 'CODE_PARSE_FAILED'],
  ['a field of that name', 'frame = tables.t1', 'PYTHON_NAME_IN_CODE'],
];

/** Mentions that read nothing. */
const UNAFFECTED: Array<[string, string]> = [
  ['a docstring', '"""Docs of analytics.t1."""\n# analytics.t1\n'],
  [
    'a log line',
    'log.info("read analytics.t1")\nraise ValueError("no analytics.t1")',
  ],
  ['a label', 'op = Dummy(task_id="t1", description="for analytics.t1")'],
  ['the name of a SQL file', 'Op(sql="sql/t1.sql")'],
  ['another dataset', 'client.query("SELECT country FROM other.t1")'],
  ['a table of that name elsewhere', 'df = pd.read_gbq("shop.other.t1")'],
  ['a local variable', 't1 = load()\nprint(t1)'],
];

const PORTABLE = testMapping({
  fields: testMapping().fields.map(field =>
    field.name === 'ratio'
      ? { kind: 'expression', name: 'ratio', is: 'clicks / views' }
      : field,
  ),
});

describe('Python', () => {
  it.each(REWRITTEN)('rewrites %s', async (_, before, after) => {
    const result = await rewritePythonText(before);
    expect(result.after).toBe(after);
    expect(result.outcome).toBe('changed');
    const again = await rewritePythonText(after);
    expect(again.after).toBe(after);
    expect(again.outcome).toBe('not-affected');
  });

  it.each(REFUSED)('hands over %s', async (_, before, reason) => {
    const mapping = reason === 'PYTHON_SPARK_EXPRESSION' ? PORTABLE : undefined;
    const result = await rewritePythonText(before, mapping && { mapping });
    expect(result.files).toEqual([]);
    expect(result.outcome).toBe('needs-person');
    expect(result.findings.map(finding => finding.reason).join()).toMatch(
      new RegExp(reason),
    );
    expect(result.findings.every(finding => finding.place)).toBe(true);
  });

  it.each(UNAFFECTED)('does not touch %s', async (_, text) => {
    const result = await rewritePythonText(text);
    expect(result).toMatchObject({ outcome: 'not-affected', after: text });
  });

  it('renames what an operator fetches by position, if no row is left out', async () => {
    const text = (dataset: string, fields: string) =>
      `BigQueryGetDataOperator(dataset_id="${dataset}", table_id="${
        dataset === 'analytics' ? 't1' : 't2'
      }", selected_fields="${fields}")`.replace('analytics2', 'analytics');
    const mapping = testMapping({ rows: { grain: 'same' } });
    const old = text('analytics', 'id, country');
    const result = await rewritePythonText(old, { mapping });
    expect(result.after).toBe(text('analytics2', 'id,country_code'));
    for (const other of [
      text('analytics', 'id,ratio'),
      old.replace(')', ', as_dict=True)'),
      old.replace('selected_fields', 'x'),
    ]) {
      const refused = await rewritePythonText(other, { mapping });
      expect(refused.findings.map(finding => finding.reason)).toEqual([
        'TABLE_NAME_AMBIGUOUS',
      ]);
    }
    const filtered = await rewritePythonText(old);
    expect(filtered.files).toEqual([]);
  });

  it('hands over a constant that another file uses', async () => {
    const config =
      'TABLE = "analytics.t1"\nclient.query(f"SELECT id FROM {TABLE}")\n';
    const rewriteWith = (text: string) =>
      rewriteConsumer({
        mapping: testMapping(),
        answers: [],
        files: [
          { path: 'app/config.py', content: Buffer.from(config) },
          { path: 'app/job.py', content: Buffer.from(text) },
        ],
        parser: new InProcessParser(),
      });
    const shared = await rewriteWith(
      'from app.config import TABLE\nrun("SELECT country FROM " + TABLE)',
    );
    expect(shared.files).toEqual([]);
    expect(shared.findings).toMatchObject([
      { reason: 'PYTHON_STRING_SHARED', place: { path: 'app/config.py' } },
    ]);
    const loaded = await rewriteWith('config(TABLE)');
    expect(loaded.files).toEqual([]);
    const apart = await rewriteWith('TABLE = "u"\nrun(TABLE)');
    expect(apart.files.map(({ path }) => path)).toEqual(['app/config.py']);
  });

  it('lets several files call what they read by one name', async () => {
    const text = 'df = client.query("SELECT id FROM analytics.t1")\n';
    const files = ['job.py', 'other.py'].map(path => ({
      path,
      content: Buffer.from(`import job, other\n${text}`),
    }));
    const parser = new InProcessParser();
    const mapping = testMapping();
    const result = await rewriteConsumer({
      mapping,
      answers: [],
      files,
      parser,
    });
    expect(result.files).toHaveLength(2);
  });

  it.each([
    [
      'QUERY = "SELECT id FROM analytics.t1"',
      'run(sql.QUERY + " LIMIT 5")',
      false,
    ],
    ['QUERY = "SELECT id FROM analytics.t1"', 'run(sql.QUERY)', true],
    [
      'QUERY = "SELECT id FROM analytics.t1"\nrun(QUERY + " WHERE id = 1")',
      'run(sql.QUERY)',
      false,
    ],
    [
      'QUERY = "SELECT id FROM analytics.t1"\nrun(QUERY + " WHERE id = 1")',
      'run(1)',
      true,
    ],
    [
      'QUERY = "SELECT id FROM analytics.t1"',
      'run(f"{sql.QUERY} LIMIT 5")',
      false,
    ],
    [
      'def query():\n    return "SELECT id FROM analytics.t1"',
      'run(sql.query() + " LIMIT 5")',
      false,
    ],
    [
      'def query():\n    return "SELECT id FROM analytics.t1"',
      'run(sql.query())',
      true,
    ],
  ])('looks at what other files do with %s: %s', async (text, use, changed) => {
    const result = await rewriteConsumer({
      mapping: testMapping(),
      answers: [],
      files: [
        { path: 'app/sql.py', content: Buffer.from(text) },
        {
          path: 'app/job.py',
          content: Buffer.from(`from app import sql\n${use}`),
        },
      ],
      parser: new InProcessParser(),
    });
    expect(result.outcome).toBe(changed ? 'changed' : 'needs-person');
  });

  it('gives the statements to be proved, with the line that they stand in', async () => {
    const result = await rewritePythonText(
      'x = 1\nclient.query(f"SELECT country FROM analytics.t1 WHERE id = {x}")\ny = pd.read_gbq("analytics.t1")',
    );
    expect(
      result.files[0].statements.map(({ label, newSql }) => [label, newSql]),
    ).toEqual([
      [
        'line 2, statement 1',
        expect.stringMatching(/^SELECT country_code AS country FROM shop/),
      ],
      [
        'line 3, read of the table',
        `SELECT ${VIEW} FROM \`shop.analytics.t2\` WHERE NOT is_deleted`,
      ],
    ]);
  });
});
