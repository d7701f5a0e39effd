import { InProcessParser } from './InProcessParser';

async function columnsOf(
  sql: string,
  dialect: 'bigquery' | 'snowflake' = 'bigquery',
) {
  const parsed = await new InProcessParser().parse(sql, dialect);
  if (!parsed.ok) {
    throw new Error(parsed.message);
  }
  return {
    columns: parsed.columns.map(({ name, nameStart, nameEnd, qualifier }) => {
      expect(sql.slice(nameStart, nameEnd).replace(/`/g, '')).toBe(name);
      return qualifier ? `${qualifier}.${name}` : name;
    }),
    unread: parsed.unread?.map(({ start, end }) => sql.slice(start, end)),
  };
}

describe('parts of a text that the parser refuses as a whole', () => {
  it.each([
    [
      'a function',
      'CREATE TEMP FUNCTION f(x ARRAY<INT64>) RETURNS ARRAY<INT64> AS ((SELECT ARRAY_AGG(e) FROM UNNEST(x) e)); SELECT a FROM t',
      ['a'],
    ],
    [
      'a script',
      `BEGIN
        IF (SELECT MAX(a) FROM t) > 1 THEN SELECT b FROM u; ELSE DELETE FROM v WHERE c = 1; END IF;
        FOR r IN (SELECT d FROM t) DO INSERT INTO x (y) SELECT e FROM u; END FOR;
        WHILE (SELECT COUNT(f) FROM t) > 0 DO SELECT 1; END WHILE;
      EXCEPTION WHEN ERROR THEN SELECT g FROM log; END;`,
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    ],
    [
      'an alias that is a word',
      'SELECT final.a, b key FROM t final',
      ['final.a', 'b'],
    ],
    [
      'a star of an expression',
      'SELECT IF(x, _a, _b).* REPLACE (IF(y, p, q) AS z), n FROM t',
      ['x', '_a', '_b', 'y', 'p', 'q', 'n'],
    ],
    [
      'a model of BigQuery ML, which the parser takes as it is',
      "CREATE OR REPLACE MODEL m TRANSFORM(* EXCEPT(x)) OPTIONS(t='a') AS SELECT f.a, b FROM t f WHERE f.c = 1",
      ['f.a', 'b', 'f.c'],
    ],
    [
      'EXCEPT of an expression',
      'SELECT f(x).* EXCEPT (y), g(z).* FROM t',
      ['x', 'z'],
    ],
    [
      'emoji in front',
      "BEGIN SELECT '😀', a FROM t; IF b THEN SELECT 1; END IF; END;",
      ['a', 'b'],
    ],
  ])('are read: %s', async (_, sql, columns) => {
    const result = await columnsOf(sql);
    for (const column of columns) {
      expect(result.columns).toContain(column);
    }
  });

  it('are named where they cannot be read', async () => {
    const { unread } = await columnsOf(
      'SELECT a FROM t; SELECT FROM WHERE; SELECT 1',
    );
    expect(unread).toEqual(['SELECT FROM WHERE']);
  });

  it.each([
    'CALL p((SELECT a FROM t))',
    "EXECUTE IMMEDIATE 'SELECT ?' USING (SELECT a FROM t)",
    'CREATE MODEL m AS (training_data AS (SELECT a FROM t), custom_holiday AS (SELECT 1))',
  ])('are named where the parser takes them without a look: %s', async sql => {
    const { unread } = await columnsOf(`SELECT a FROM t; ${sql}`);
    expect(unread).toEqual([sql]);
  });

  it('hides a word in Snowflake', async () => {
    const { columns } = await columnsOf(
      'SELECT new.id FROM license_new new WHERE old_l.id = new.id',
      'snowflake',
    );
    expect(columns).toEqual(['new.id', 'old_l.id', 'new.id']);
  });
});
