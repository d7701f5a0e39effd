import { ProverDatabase } from '../database/ProverDatabase';
import { Random } from '../generate/Random';
import { parseTree, printTrees } from '../tree/QueryTree';
import { ColumnType } from '../types/ColumnType';
import { listMutations } from './listMutations';
import { applyMutation, MUTATION_KINDS } from './Mutation';
import { pickMutations } from './pickMutations';

const TEXT: ColumnType = { kind: 'scalar', name: 'VARCHAR', known: true };
const WHOLE: ColumnType = { kind: 'scalar', name: 'BIGINT', known: true };
const TABLES = [
  {
    columns: [
      { name: 'a', type: TEXT, required: false },
      { name: 'b', type: TEXT, required: true },
      { name: 'n', type: WHOLE, required: false },
    ],
  },
];

let database: ProverDatabase;

beforeAll(async () => {
  database = await ProverDatabase.open({
    memoryMb: 256,
    queryTimeoutMs: 5000,
  });
});
afterAll(() => database.close());

async function mutants(sql: string, ordered = true): Promise<string[]> {
  const tree = await parseTree(database, sql);
  if (!tree) throw new Error('The query has no tree');
  const before = JSON.stringify(tree);
  const found = listMutations(tree, TABLES, ordered).map(mutation =>
    applyMutation(tree, mutation),
  );
  expect(JSON.stringify(tree)).toBe(before);
  return printTrees(database, found);
}

describe('listMutations', () => {
  it('makes the mistakes that migrations are made of', async () => {
    const found = await mutants(
      `SELECT DISTINCT t.a, count(t.b) AS c FROM t LEFT JOIN u ON (t.n = u.n) WHERE ((t.n > 5) AND (t.a = 'x')) GROUP BY t.a ORDER BY t.a LIMIT 3`,
    );

    const rest = ` FROM t LEFT JOIN u ON ((t.n = u.n)) WHERE ((t.n > 5) AND (t.a = 'x')) GROUP BY t.a ORDER BY t.a LIMIT 3`;
    expect(found).toEqual(
      expect.arrayContaining([
        `SELECT DISTINCT t.b AS a, count(t.b) AS c${rest}`,
        `SELECT DISTINCT upper(t.a) AS a, count(t.b) AS c${rest}`,
        `SELECT DISTINCT COALESCE(t.a, '?') AS a, count(t.b) AS c${rest}`,
        `SELECT DISTINCT t.a, count_star() AS c${rest}`,
        `SELECT t.a, count(t.b) AS c${rest}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace('LEFT', 'INNER')}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace('> 5', '>= 5')}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace('> 5', '> 6')}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace(
          `((t.n > 5) AND (t.a = 'x'))`,
          `(t.a = 'x')`,
        )}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace(' AND ', ' OR ')}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace(
          'ORDER BY t.a',
          'ORDER BY t.a DESC',
        )}`,
        `SELECT DISTINCT t.a, count(t.b) AS c${rest.replace(
          'LIMIT 3',
          'LIMIT 4',
        )}`,
      ]),
    );
    expect(new Set(found).size).toBe(found.length);
  });

  it('leaves the order alone where nobody sees it', async () => {
    const found = await mutants('SELECT t.n FROM t ORDER BY t.a', false);

    expect(found.filter(sql => sql.includes('DESC'))).toEqual([]);
  });

  it('mixes a column up everywhere at once, too', async () => {
    const found = await mutants(`SELECT t.a FROM t WHERE (t.a = 'x')`);

    expect(found).toContain(`SELECT t.b AS a FROM t WHERE (t.b = 'x')`);
  });
});

describe('pickMutations', () => {
  it('takes from every kind before it takes more of one', () => {
    const all = MUTATION_KINDS.flatMap(kind =>
      Array.from({ length: 5 }, () => ({ kind, edits: [] })),
    );
    const picked = pickMutations(all, MUTATION_KINDS.length, new Random(1));

    expect(new Set(picked.map(({ kind }) => kind)).size).toBe(
      MUTATION_KINDS.length,
    );
  });
});
