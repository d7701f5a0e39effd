import { Api } from 'backstage-plugin-dataset-migration-common';
import { followWaves } from './followWaves';

jest.setTimeout(30_000);

const target = (id: string, wave: number, state: string) =>
  ({
    id,
    wave,
    state,
    pullRequest: { url: `https://forge.example/${id}` },
  } as Api.Target);
const wave = (number: number, openedBy?: string) =>
  ({
    wave: number,
    openedBy,
    openedAt: openedBy && 1_000,
    targets: 1,
  } as Api.Wave);

describe('followWaves', () => {
  it('merges each pull request of earlier waves once, and leaves the last', async () => {
    const steps: Array<{
      rollout: Partial<Api.Rollout>;
      targets: Api.Target[];
    }> = [
      {
        rollout: {
          waves: [wave(1, 'user:default/erin'), wave(2)],
          next: { wave: 2, ready: false, message: 'next waits for 1 merge' },
        },
        targets: [target('a', 1, 'open'), target('b', 2, 'approved')],
      },
      {
        rollout: {
          waves: [wave(1, 'user:default/erin'), wave(2, 'system')],
        },
        targets: [target('a', 1, 'open'), target('b', 2, 'open')],
      },
      {
        rollout: {
          waves: [wave(1, 'user:default/erin'), wave(2, 'system')],
        },
        targets: [target('a', 1, 'merged'), target('b', 2, 'open')],
      },
    ];
    const merged: string[] = [];
    let at = 0;
    const result = await followWaves({
      rollout: async () => steps[at].rollout as Api.Rollout,
      list: async () => {
        const { targets } = steps[at];
        at = Math.min(at + 1, steps.length - 1);
        return targets;
      },
      merge: async each => {
        merged.push(each.id);
      },
      say: () => {},
    });
    expect(merged).toEqual(['a']);
    expect(result).toEqual({ waves: 2, openedByThemselves: 1 });
  });
});
