import { Random } from '../generate/Random';
import { loadPolyglot, tokens } from '../translate/polyglot';
import { sliceText } from '../translate/applyEdits';
import { mutateQuery } from './mutateQuery';
import { nestedOutputs } from './nestedOutputs';

beforeAll(loadPolyglot);

const FIELDS = [
  { name: 'a', type: { kind: 'scalar', name: 'VARCHAR', known: true } },
  { name: 'b', type: { kind: 'scalar', name: 'VARCHAR', known: true } },
  { name: 'n', type: { kind: 'scalar', name: 'BIGINT', known: true } },
] as const;

function mutants(
  sql: string,
  except: Array<{ start: number; end: number }> = [],
) {
  return mutateQuery(sql, 'bigquery', [...FIELDS], {
    random: new Random(1),
    limit: 50,
    except,
  }).map(mutant => mutant.sql.replace(/\s+/g, ' ').trim());
}

describe('mutateQuery', () => {
  it('makes the mistakes that migrations are made of', () => {
    const found = mutants(
      'SELECT a FROM t LEFT JOIN u ON t.id = u.id WHERE NOT d AND n BETWEEN 1 AND 5 ORDER BY a',
    );

    expect(found).toEqual(
      expect.arrayContaining([
        'SELECT b AS a FROM t LEFT JOIN u ON t.id = u.id WHERE NOT d AND n BETWEEN 1 AND 5 ORDER BY a',
        'SELECT UPPER(a) AS a FROM t LEFT JOIN u ON t.id = u.id WHERE NOT d AND n BETWEEN 1 AND 5 ORDER BY a',
        'SELECT a FROM t INNER JOIN u ON t.id = u.id WHERE NOT d AND n BETWEEN 1 AND 5 ORDER BY a',
        'SELECT a FROM t LEFT JOIN u ON t.id = u.id ORDER BY a',
        'SELECT a FROM t LEFT JOIN u ON t.id = u.id WHERE d AND n BETWEEN 1 AND 5 ORDER BY a',
        'SELECT a FROM t LEFT JOIN u ON t.id = u.id WHERE NOT d OR n BETWEEN 1 AND 5 ORDER BY a',
        'SELECT a FROM t LEFT JOIN u ON t.id = u.id WHERE NOT d AND n BETWEEN 2 AND 5 ORDER BY a',
      ]),
    );
    expect(found).not.toContainEqual(expect.stringContaining('1 OR 5'));
  });

  it('leaves the excepted parts alone', () => {
    expect(mutants('SELECT a FROM t', [{ start: 7, end: 8 }])).toEqual([]);
  });
});

describe('nestedOutputs', () => {
  it('finds each output with the comma that goes with it', () => {
    const sql = 'SELECT x FROM (SELECT a AS x, f(b, 1) AS y, c FROM t)';
    const without = nestedOutputs(tokens(sql, 'bigquery')).map(
      ({ removal }) =>
        sliceText(sql, 0, removal.start) + sliceText(sql, removal.end),
    );

    expect(without).toEqual([
      'SELECT x FROM (SELECT f(b, 1) AS y, c FROM t)',
      'SELECT x FROM (SELECT a AS x, c FROM t)',
      'SELECT x FROM (SELECT a AS x, f(b, 1) AS y FROM t)',
    ]);
  });
});
