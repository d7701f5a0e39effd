import { ProverDatabase } from '../database/ProverDatabase';
import { Attempt } from './Attempt';
import { compareOnce } from './compareOnce';

describe('compareOnce', () => {
  /** Rows that lie in the order of their names, unless they are shuffled. */
  async function attempt(oldQuery: string, newQuery: string): Promise<Attempt> {
    const database = await ProverDatabase.open({
      memoryMb: 256,
      queryTimeoutMs: 10_000,
    });
    const show = ({ shuffle }: { shuffle?: number }) =>
      database.run(
        `CREATE OR REPLACE TABLE t AS SELECT * FROM (VALUES ('a', 1), ('b', 2), ('c', 1)) v(name, n) ORDER BY name ${
          shuffle === undefined ? '' : 'DESC'
        }`,
      );
    const compare = {
      namesMatter: true,
      renamed: new Map(),
      droppable: new Set(),
      orderKeys: [],
    };
    return {
      bed: { show },
      database,
      prepared: { oldQuery, newQuery },
      compare,
    } as unknown as Attempt;
  }

  const list = (order: string) => `SELECT LIST(name${order}) AS names FROM t`;
  const first = (order: string) =>
    `SELECT n, FIRST(name${order}) AS name FROM t GROUP BY n`;

  it('takes a result that depends on no order', async () => {
    const query = list(' ORDER BY name');
    const { rows } = await compareOnce(await attempt(query, query), 1);
    expect(rows).toEqual([[['a', 'b', 'c']]]);
  });

  it.each([
    ['a list', list],
    ['the first of a group', first],
  ])(
    'notices a lost order of %s although the rows lie in it',
    async (_, query) => {
      const both = await attempt(query(' ORDER BY name'), query(''));
      await expect(compareOnce(both, 1)).rejects.toMatchObject({
        verdict: 'inconclusive',
        reason: 'NONDETERMINISTIC',
        message: expect.stringContaining('The new query'),
      });
    },
  );

  it('says that the old query has no one result', async () => {
    const both = await attempt(list(''), list(''));
    await expect(compareOnce(both, 1)).rejects.toMatchObject({
      reason: 'NONDETERMINISTIC',
      alike: true,
      message: expect.stringContaining('The old query'),
    });
  });
});
