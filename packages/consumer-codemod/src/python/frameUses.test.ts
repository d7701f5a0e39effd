import { testMapping } from '../testing';
import { rewritePythonText } from './testing';

jest.setTimeout(60_000);

/** `ratio` is for the owner to decide, `activity_ts` is gone. */
const mapping = testMapping({
  fields: [
    { kind: 'same', name: 'id', is: 'id' },
    { kind: 'rename', name: 'country', is: 'country_code' },
    { kind: 'gone', name: 'activity_ts', reason: 'No equivalent.' },
    {
      kind: 'ask',
      name: 'ratio',
      question: 'Which ratio?',
      options: [{ label: 'Clicks', is: 'clicks' }],
    },
  ],
});
const OLD = 'SELECT * FROM analytics.t1';
const NEW =
  'SELECT id, country_code AS country FROM analytics.t2 WHERE NOT is_deleted';

describe('namesItsColumns', () => {
  it.each(
    [
      'df = pd.read_gbq("SQL")\nprint(df["country"].sum(), df[["id", "country"]].head(), len(df))',
      'rows = client.query("SQL").result()\nfor row in rows:\n    print(row["country"], row.id)',
      'def f():\n    df = client.query("SQL").to_dataframe()\n    df = df[df["id"] > 3].sort_values("id")\n    df["x"] = df.id * 2\n    return df.groupby("country").agg({"x": "sum"})',
      'def f():\n    df = spark.sql("SQL").where("id > 3")\n    return df.select("id", F.col("country"))',
      'def use(frame):\n    return frame.groupby(["country"])["id"].count()\n\ndef f():\n    return use(pd.read_gbq("SQL"))',
      'cols = ["id", "country"]\ndef f():\n    df = pd.read_gbq("SQL").drop_duplicates(subset=["id"])\n    return df[cols]',
      'def f():\n    df = pd.read_gbq("SQL")\n    return df.loc[df.id > 1, "country"]',
    ].map(text => [
      text
        .replace(/^df/, 'from airflow import DAG\ndf')
        .replace(/^rows/, 'from airflow import DAG\nrows'),
    ]),
  )('leaves out what is not read: %s', async text => {
    const result = await rewritePythonText(text.replace('SQL', OLD), {
      mapping,
    });
    expect(result.after).toBe(text.replace('SQL', NEW));
    expect(result.outcome).toBe('changed');
    expect(result.files[0].statements[0].oldSql).toBe(
      'SELECT * EXCEPT (activity_ts, ratio) FROM (SELECT * FROM shop.analytics.t1)',
    );
  });

  it.each([
    'def f():\n    return pd.read_gbq("SQL")',
    'df = pd.read_gbq("SQL")',
    'def f():\n    df = pd.read_gbq("SQL")\n    print(df)',
    'def f():\n    df = pd.read_gbq("SQL")\n    return df["ratio"]',
    'def f():\n    df = pd.read_gbq("SQL")\n    df.to_csv("x")',
    'def f():\n    df = pd.read_gbq("SQL")\n    return df.drop_duplicates()["id"]',
    'def f():\n    df = pd.read_gbq("SQL").dropna(how="any")\n    return df["id"]',
    'def f():\n    df = pd.read_gbq("SQL")\n    return df.groupby("country").sum()',
    'def f():\n    df = pd.read_gbq("SQL")\n    return df.iloc[:, 2]',
    'def f():\n    for row in client.query("SQL").result():\n        print(row[2])',
    'def f():\n    for row in client.query("SQL").result():\n        out.append(dict(row))',
    'def f():\n    df = pd.read_gbq("SQL")\n    for name in df.columns:\n        print(name)',
    'def f():\n    df = spark.sql("SQL")\n    return df.select("*").first()',
    'def f():\n    df = pd.read_gbq("SQL")\n    return lambda: df.shape',
    'def f():\n    df = pd.read_gbq("SELECT DISTINCT * FROM analytics.t1")\n    return df["id"]',
  ])('asks the owner: %s', async text => {
    const result = await rewritePythonText(text.replace('SQL', OLD), {
      mapping,
    });
    expect(result.files).toEqual([]);
    expect(result.outcome).toBe('questions');
    expect(new Set(result.findings.map(finding => finding.reason))).toEqual(
      new Set(['FIELD_GONE', 'FIELD_NEEDS_JUDGEMENT']),
    );
  });

  it('does the same for a table that is read by its name', async () => {
    const text = (read: string) =>
      `def f():\n    df = ${read}\n    return df.select("id")`;
    const result = await rewritePythonText(
      text('spark.table("analytics.t1")'),
      { mapping },
    );
    expect(result.after).toBe(
      text(
        'spark.table("analytics.t2").where("NOT is_deleted").selectExpr(\n        "id",\n        "country_code AS country",\n    )',
      ),
    );
    const asked = await rewritePythonText('x = spark.table("analytics.t1")', {
      mapping,
    });
    expect(asked.outcome).toBe('questions');
  });

  it.each([
    [
      'drop',
      { kind: 'drop' as const },
      'x = pd.read_gbq("SELECT id, country_code AS country FROM `analytics.t2` WHERE NOT is_deleted")',
    ],
    [
      'null',
      { kind: 'null' as const },
      'x = pd.read_gbq("""\n    SELECT\n        id,\n        country_code AS country,\n        CAST(NULL AS TIMESTAMP) AS activity_ts,\n        CAST(NULL AS FLOAT64) AS ratio\n    FROM `analytics.t2`\n    WHERE NOT is_deleted\n""")',
    ],
    [
      'leave',
      { kind: 'leave' as const },
      '# Dataset migration: activity_ts needs a person. No equivalent.\n# Dataset migration: ratio needs a person. Which ratio?\nx = pd.read_gbq("analytics.t1")',
    ],
  ])('applies the answer %s', async (_, answer, after) => {
    const answers = ['activity_ts', 'ratio'].map(field => ({ field, answer }));
    const result = await rewritePythonText('x = pd.read_gbq("analytics.t1")', {
      mapping,
      answers,
    });
    expect(result.after).toBe(after);
    const again = await rewritePythonText(after, { mapping, answers });
    expect(again.after).toBe(after);
  });

  it('comments in the way of Python above a query that is left', async () => {
    const text =
      'def f():\n    return client.query(\n        "SELECT ratio FROM analytics.t1"\n    )';
    const answers = [{ field: 'ratio', answer: { kind: 'leave' as const } }];
    const result = await rewritePythonText(text, { mapping, answers });
    expect(result.after).toBe(
      text.replace(
        '    return',
        '    # Dataset migration: ratio needs a person. Which ratio?\n    return',
      ),
    );
    expect(result.findings.map(finding => finding.reason)).toEqual([
      'FIELD_LEFT_TO_OWNER',
    ]);
    const again = await rewritePythonText(result.after, { mapping, answers });
    expect(again.after).toBe(result.after);
  });
});
