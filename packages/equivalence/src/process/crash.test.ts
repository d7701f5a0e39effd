import { readFileSync } from 'node:fs';
import { proveEquivalence } from '../proveEquivalence';
import { userActivityMapping } from '../testUtils/userActivityMapping';

jest.setTimeout(60_000);

function children(): number[] {
  const list = readFileSync(
    `/proc/${process.pid}/task/${process.pid}/children`,
    'utf8',
  );
  return list.split(' ').filter(Boolean).map(Number);
}

describe('a prover that ends unexpectedly', () => {
  it('leaves its queries inconclusive', async () => {
    const others = new Set(children());
    const proof = proveEquivalence({
      mapping: userActivityMapping(),
      statements: [
        {
          path: 'a.sql',
          label: 'statement 1',
          oldSql: 'SELECT country FROM user_activity_v1',
          newSql:
            'SELECT country_code AS country FROM user_activity_v2 WHERE NOT is_deleted',
          tables: [],
          ordered: false,
        },
      ],
      answers: [],
      seed: 1,
      limits: { timeoutMs: 30_000, memoryMb: 768 },
    });
    const [prover] = children().filter(pid => !others.has(pid));
    process.kill(prover, 'SIGKILL');
    expect(await proof).toMatchObject({
      verdict: 'inconclusive',
      reason: 'PROVER_CRASHED',
    });
  });
});
