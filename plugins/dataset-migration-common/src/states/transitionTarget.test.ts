import { IllegalTransitionError } from './IllegalTransitionError';
import { TargetPosition } from './targetStates';
import { transitionTarget } from './transitionTarget';

describe('transitionTarget', () => {
  it('cancels what was never published, and takes back what was', () => {
    for (const state of ['pending', 'simulating', 'approved'] as const) {
      for (const event of ['roll-back', 'cancel'] as const) {
        expect(transitionTarget({ state }, event)).toEqual({
          state: 'ended',
          outcome: 'cancelled',
        });
        expect(
          transitionTarget({ state }, event, { pullRequestExists: true }),
        ).toEqual({ state: 'reverting' });
      }
    }
  });

  it('verifies again where the base moved, and publishes only what was', () => {
    const verifying = transitionTarget({ state: 'publishing' }, 'base-moved');
    expect(verifying).toEqual({ state: 'approved', blocked: 'verification' });
    expect(() => transitionTarget(verifying, 'wave-opens')).toThrow(
      /verified again first/,
    );
    expect(transitionTarget(verifying, 'verified')).toEqual({
      state: 'publishing',
    });
    expect(transitionTarget(verifying, 'verified-worse')).toEqual({
      state: 'simulated',
      blocked: 'review',
    });
    for (const event of ['verified', 'verified-worse'] as const) {
      expect(() => transitionTarget({ state: 'approved' }, event)).toThrow(
        /not being verified/,
      );
    }
  });

  it('leaves a branch to people who committed before it was published', () => {
    const publishing: TargetPosition = { state: 'publishing' };
    expect(
      transitionTarget(publishing, 'edited-by-people', {
        pullRequestExists: true,
      }),
    ).toEqual({ state: 'open', blocked: 'edited-by-people' });
    expect(
      transitionTarget(publishing, 'edited-by-people', {
        pullRequestExists: false,
      }),
    ).toEqual({ state: 'ended', outcome: 'handed-over' });
    expect(() => transitionTarget(publishing, 'edited-by-people')).toThrow(
      IllegalTransitionError,
    );
  });
});
