import { collectHints } from '../generate/collectHints';
import { loadPolyglot, parseStatement } from '../translate/polyglot';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { comparedTypes } from './comparedTypes';
import { inferColumnType } from './inferColumns';

const KNOWN = new Map<string, ColumnType>([
  ['label', { kind: 'scalar', name: 'BIGINT', known: true }],
  ['opened', { kind: 'scalar', name: 'DATE', known: true }],
]);

beforeAll(() => loadPolyglot());

function typeOf(name: string, sql: string): string {
  const statement = parseStatement(sql, 'bigquery');
  return columnTypeSql(
    inferColumnType(
      name,
      collectHints([statement], new Map()),
      comparedTypes([statement]),
      KNOWN,
    ),
  );
}

describe('inferColumnType', () => {
  it.each([
    ['c', "SELECT c FROM t WHERE c = 'Ventura'", 'VARCHAR'],
    ['label', "SELECT 1 FROM t WHERE label = 'Ventura'", 'VARCHAR'],
    ['c', "SELECT c AS label FROM t WHERE c IN ('a', 'b')", 'VARCHAR'],
    ['c', 'SELECT c FROM t WHERE c BETWEEN 1 AND 2', 'BIGINT'],
    ['c', 'SELECT c FROM t, u WHERE c >= u.opened', 'DATE'],
    [
      'c',
      "SELECT c FROM t, u WHERE c >= u.opened AND c < '2024-01-01'",
      'DATE',
    ],
    [
      'label',
      "SELECT 1 FROM (SELECT MAX(label) AS d FROM t) WHERE d = 'Ventura'",
      'VARCHAR',
    ],
    ['c', 'SELECT 1 FROM (SELECT c AS d FROM t) WHERE d = 2.5', 'DOUBLE'],
    [
      'c',
      'SELECT 1 FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY c) = 1',
      'VARCHAR',
    ],
    ['c', 'SELECT 1 FROM t GROUP BY a HAVING COUNT(c) > 3', 'VARCHAR'],
    ['label', 'SELECT label FROM t', 'BIGINT'],
    ['closed_date', 'SELECT closed_date FROM t', 'DATE'],
  ])('%s in %s', (name, sql, type) => {
    expect(typeOf(name, sql)).toBe(type);
  });
});
