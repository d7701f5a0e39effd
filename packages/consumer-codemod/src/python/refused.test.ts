import { testMapping } from '../testing';
import { rewritePythonText } from './testing';

jest.setTimeout(60_000);

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
  [
    'a filter of the connector',
    'spark.read.format("bigquery").option("filter", "country = \'x\'").load("analytics.t1").show()',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'a filter of the connector before the table',
    'spark.read.format("bigquery").option("filter", "id = 1").option("table", "analytics.t1").load()',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'a filter of the connector behind the table',
    'spark.read.format("bigquery").option("table", "analytics.t1").option("FILTER", "id = 1").load()',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'options of Spark that are not known',
    'spark.read.format("bigquery").options(**found).load("analytics.t1")',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'an option of Spark whose name is not known',
    'spark.read.format("bigquery").option(key, "id = 1").load("analytics.t1")',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'a schema for a read of Spark',
    'spark.read.format("bigquery").schema(fields).load("analytics.t1")',
    'PYTHON_TABLE_USE_UNKNOWN',
  ],
  [
    'a doctest',
    'def f():\n    """Reads.\n\n    >>> df = bpd.read_gbq("analytics.t1")\n    """\n',
    'PYTHON_DOCTEST',
  ],
  ['what is no Python', 'x = = "analytics.t1"', 'CODE_PARSE_FAILED'],
  ['a field of that name', 'frame = tables.t1', 'PYTHON_NAME_IN_CODE'],
];

/** Mentions that read nothing. */
const UNAFFECTED: Array<[string, string]> = [
  ['a docstring', '"""Docs of analytics.t1."""\n# analytics.t1\n'],
  [
    'a doctest of another table',
    'def f():\n    """Not analytics.t1.\n\n    >>> df = bpd.read_gbq("analytics.u")\n    """\n',
  ],
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

describe('What Python is not rewritten', () => {
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

  it('knows no other dataset where the plan names none', async () => {
    const mapping = testMapping();
    for (const side of [mapping.from, mapping.to]) {
      side.names = { ...side.names, tables: [] };
    }
    const result = await rewritePythonText('get_table("mart.t1")', { mapping });
    expect(result.findings.map(({ reason }) => reason)).toEqual([
      'PYTHON_SQL_FRAGMENT',
    ]);
  });
});
