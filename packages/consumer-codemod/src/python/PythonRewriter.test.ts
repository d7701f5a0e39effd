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

describe('Python', () => {
  it.each(REWRITTEN)('rewrites %s', async (_, before, after) => {
    const result = await rewritePythonText(before);
    expect(result.after).toBe(after);
    expect(result.outcome).toBe('changed');
    const again = await rewritePythonText(after);
    expect(again.after).toBe(after);
    expect(again.outcome).toBe('not-affected');
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
