import { mockServices } from '@backstage/backend-test-utils';
import { TargetRecord } from '../database/records';
import { ForgeError } from '../forge/ForgeFailure';
import { ReconcileSlice } from './ReconcileSlice';

function target(id: string, host = 'github.test'): TargetRecord {
  return {
    id,
    migrationId: 'm',
    depth: 1,
    discoveredBy: [],
    repository: `${host}/a/${id}`,
    paths: [],
    excludedPaths: [],
    state: 'open',
    wave: 0,
    answers: [],
    createdAt: 0,
    updatedAt: 0,
    version: 1,
  };
}

describe('ReconcileSlice', () => {
  const signal = new AbortController().signal;

  function create(
    targets: TargetRecord[],
    size: number,
    follow: (target: TargetRecord) => Promise<void>,
  ) {
    return new ReconcileSlice({
      targets: {
        iterate: async function* iterate() {
          yield targets;
        },
      },
      follower: { follow },
      logger: mockServices.logger.mock(),
      size,
    });
  }

  it('looks at every target in turn, a bounded number at a time', async () => {
    const seen: string[] = [];
    const slice = create(
      ['a', 'b', 'c', 'd', 'e'].map(id => target(id)),
      2,
      async each => {
        seen.push(each.id);
        await new Promise(resolve => setTimeout(resolve, 2));
      },
    );

    for (let round = 0; round < 3; round += 1) await slice.run(signal);

    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
  });

  it('asks a host no more that wants to be left alone, but asks the others', async () => {
    const seen: string[] = [];
    const slice = create(
      [target('a'), target('b'), target('c', 'other.test')],
      10,
      async each => {
        seen.push(each.id);
        if (each.repository?.startsWith('github.test')) {
          throw new ForgeError({
            signature: 'RATE_LIMITED',
            message: 'Wait.',
            retryable: true,
          });
        }
      },
    );

    expect(await slice.run(signal)).toEqual({ followed: 1, failed: 1 });
    expect(seen).toEqual(['a', 'c']);
  });
});
