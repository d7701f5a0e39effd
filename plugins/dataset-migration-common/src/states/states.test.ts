import { ConflictError } from '@backstage/errors';
import fc from 'fast-check';
import { deriveMigrationProgress } from './deriveMigrationProgress';
import { IllegalTransitionError } from './IllegalTransitionError';
import {
  MIGRATION_EVENTS,
  MIGRATION_OUTCOMES,
  MIGRATION_STATES,
  MigrationPosition,
} from './migrationStates';
import { RUN_EVENTS, RUN_STATES, RunState } from './runStates';
import {
  TARGET_BLOCKED,
  TARGET_EVENTS,
  TARGET_OUTCOMES,
  TARGET_STATES,
  TargetPosition,
  TargetState,
} from './targetStates';
import { transitionMigration } from './transitionMigration';
import { transitionRun } from './transitionRun';
import { transitionTarget } from './transitionTarget';

const keys = <T extends object>(value: T) =>
  Object.keys(value) as Array<keyof T>;

/** Every position, in the words that the expectation uses. */
function positions<S extends string, O extends string>(
  states: S[],
  outcomes: O[],
): Array<{ state: S; outcome?: O }> {
  return states.flatMap(state =>
    state === 'ended'
      ? outcomes.map(outcome => ({ state, outcome }))
      : [{ state }],
  );
}
const name = (at: { state: string; outcome?: string }) =>
  at.outcome ? `${at.state}: ${at.outcome}` : at.state;

/** Only refusals are expected; they are conflicts. */
function throwUnlessRefused(error: unknown): void {
  if (
    !(error instanceof IllegalTransitionError) ||
    !(error instanceof ConflictError)
  ) {
    throw error;
  }
}

/** All that a table allows, as `from -event-> to`, everything else being refused. */
function allowed<
  P extends { state: string; outcome?: string },
  E extends string,
>(
  all: P[],
  events: readonly E[],
  transition: (from: P, event: E) => { state: string; outcome?: string },
): string[] {
  const lines: string[] = [];
  for (const from of all) {
    for (const event of events) {
      try {
        lines.push(
          `${name(from)} -${event}-> ${name(transition(from, event))}`,
        );
      } catch (error) {
        throwUnlessRefused(error);
      }
    }
  }
  return lines;
}

describe('target', () => {
  it.each(['unresolved', 'pending', 'simulated', 'approved'] as const)(
    'skips one that is %s, unless its pull request is open',
    state => {
      const skip = (pullRequestExists?: boolean) =>
        transitionTarget({ state }, 'skip', { reason: 'x', pullRequestExists });
      expect(skip()).toEqual({ state: 'ended', outcome: 'skipped' });
      expect(() => skip(true)).toThrow(/roll the target back instead/);
    },
  );

  it('moves exactly as the table of states says', () => {
    const lines = allowed(
      positions(keys(TARGET_STATES), keys(TARGET_OUTCOMES)),
      TARGET_EVENTS.filter(event => !event.endsWith('block')),
      (from, event) =>
        transitionTarget(from, event, {
          reason: 'because',
          pullRequestExists: true,
        }),
    );
    expect(lines).toEqual([
      'unresolved -roll-back-> reverting',
      'unresolved -cancel-> reverting',
      'unresolved -repository-found-> pending',
      'pending -simulate-> simulating',
      'pending -roll-back-> reverting',
      'pending -cancel-> reverting',
      'simulating -change-ready-> simulated',
      'simulating -nothing-to-change-> ended: not-affected',
      'simulating -needs-person-> ended: handed-over',
      'simulating -failed-> ended: failed',
      'simulating -roll-back-> reverting',
      'simulating -cancel-> reverting',
      'simulated -simulate-> simulating',
      'simulated -approve-> approved',
      'simulated -ask-for-changes-> simulating',
      'simulated -answer-> simulating',
      'simulated -edit-> simulating',
      'simulated -base-changed-> simulating',
      'simulated -roll-back-> reverting',
      'simulated -cancel-> reverting',
      'approved -base-changed-> simulating',
      'approved -wave-opens-> publishing',
      'approved -roll-back-> reverting',
      'approved -cancel-> reverting',
      'publishing -failed-> ended: failed',
      'publishing -base-changed-> simulating',
      'publishing -base-moved-> approved',
      'publishing -opened-> open',
      'publishing -edited-by-people-> open',
      'publishing -roll-back-> reverting',
      'publishing -cancel-> reverting',
      'open -merged-> merged',
      'open -closed-by-people-> ended: closed',
      'open -conflict-> simulating',
      'open -edited-by-people-> open',
      'open -roll-back-> reverting',
      'open -cancel-> reverting',
      'merged -rescan-clean-> ended: migrated',
      'merged -rescan-found-> pending',
      'merged -roll-back-> reverting',
      'reverting -reverted-> ended: rolled-back',
      'reverting -revert-failed-> ended: handed-over',
      'ended: migrated -rescan-found-> pending',
      'ended: migrated -roll-back-> reverting',
      'ended: not-affected -rescan-found-> pending',
      'ended: skipped -retry-> pending',
      'ended: handed-over -retry-> pending',
      'ended: failed -retry-> pending',
      'ended: closed -retry-> pending',
      'ended: rolled-back -retry-> pending',
      'ended: cancelled -retry-> pending',
    ]);
  });

  it('waits while nobody knows whether a pull request exists', () => {
    const publishing: TargetPosition = { state: 'publishing' };
    for (const event of ['roll-back', 'cancel'] as const) {
      expect(transitionTarget(publishing, event)).toEqual(publishing);
      expect(
        transitionTarget(publishing, event, { pullRequestExists: false }),
      ).toEqual({ state: 'ended', outcome: 'cancelled' });
    }
  });

  it('refuses to approve failed evidence and open questions', () => {
    const simulated: TargetPosition = { state: 'simulated' };
    expect(() =>
      transitionTarget(simulated, 'approve', { evidenceFailed: true }),
    ).toThrow(/verifier failed/);
    expect(() =>
      transitionTarget(simulated, 'approve', { openQuestions: 1 }),
    ).toThrow(/open questions/);
    expect(() => transitionTarget(simulated, 'skip', { reason: ' ' })).toThrow(
      /Say why/,
    );
  });

  it('says what blocks', () => {
    expect(
      transitionTarget({ state: 'simulating' }, 'change-ready', {
        openQuestions: 2,
      }),
    ).toEqual({ state: 'simulated', blocked: 'question' });
    expect(
      transitionTarget({ state: 'simulated', blocked: 'review' }, 'approve'),
    ).toEqual({ state: 'approved', blocked: 'wave' });
    const edited = transitionTarget({ state: 'open' }, 'edited-by-people');
    expect(edited).toEqual({ state: 'open', blocked: 'edited-by-people' });
    expect(transitionTarget(edited, 'conflict')).toEqual(edited);
    expect(
      transitionTarget(edited, 'block', { blocked: 'checks-failing' }),
    ).toEqual(edited);
    expect(() => transitionTarget({ state: 'open' }, 'block')).toThrow(
      IllegalTransitionError,
    );
  });

  it('has an outcome in the end only, and then nothing blocks it', () => {
    const context = fc.record({
      reason: fc.constant('because'),
      blocked: fc.option(fc.constantFrom(...keys(TARGET_BLOCKED)), {
        nil: undefined,
      }),
      pullRequestExists: fc.option(fc.boolean(), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...TARGET_EVENTS), context), {
          maxLength: 60,
        }),
        steps => {
          let at: TargetPosition = { state: 'pending' };
          for (const [event, given] of steps) {
            try {
              at = transitionTarget(at, event, given);
            } catch (error) {
              throwUnlessRefused(error);
            }
            expect(at.outcome !== undefined).toBe(at.state === 'ended');
            expect(at.state === 'ended' && at.blocked).toBeFalsy();
          }
        },
      ),
    );
  });
});

describe('migration', () => {
  it('moves exactly as the table of states says', () => {
    const lines = allowed<MigrationPosition, (typeof MIGRATION_EVENTS)[number]>(
      positions(keys(MIGRATION_STATES), keys(MIGRATION_OUTCOMES)),
      MIGRATION_EVENTS,
      (from, event) =>
        transitionMigration(from, event, { reason: 'looked at it' }),
    );
    expect(lines).toEqual([
      'draft -start-> active',
      'draft -discard-> ended: discarded',
      'active -pause-> paused',
      'active -halt-> halted',
      'active -roll-back-> rolling-back',
      'active -cancel-> ended: cancelled',
      'active -all-through-> ended: done',
      'active -end-incomplete-> ended: incomplete',
      'paused -resume-> active',
      'paused -roll-back-> rolling-back',
      'paused -cancel-> ended: cancelled',
      'halted -resume-> active',
      'halted -roll-back-> rolling-back',
      'halted -cancel-> ended: cancelled',
      'rolling-back -all-back-> ended: rolled-back',
      'ended: done -roll-back-> rolling-back',
      'ended: done -rescan-found-> active',
      'ended: incomplete -roll-back-> rolling-back',
      'ended: incomplete -rescan-found-> active',
    ]);
  });

  it('asks for what is missing', () => {
    expect(() =>
      transitionMigration({ state: 'draft' }, 'start', { planErrors: 1 }),
    ).toThrow(/plan has errors/);
    expect(() => transitionMigration({ state: 'halted' }, 'resume')).toThrow(
      /with a reason/,
    );
    expect(() =>
      transitionMigration({ state: 'active' }, 'all-through', {
        remainingReaders: 2,
      }),
    ).toThrow(/still read/);
  });
});

describe('run', () => {
  it('moves exactly as the table of states says, counting attempts', () => {
    const lines: string[] = [];
    for (const state of keys(RUN_STATES) as RunState[]) {
      for (const event of RUN_EVENTS) {
        try {
          const to = transitionRun({ state, attempt: 1 }, event, {
            attemptsAllowed: 3,
          });
          lines.push(`${state} -${event}-> ${to.state} ${to.attempt}`);
        } catch (error) {
          throwUnlessRefused(error);
        }
      }
    }
    expect(lines).toEqual([
      'queued -lease-> leased 1',
      'queued -cancel-> cancelled 1',
      'leased -start-> running 1',
      'leased -succeed-> succeeded 1',
      'leased -fail-> failed 1',
      'leased -cancel-> cancelled 1',
      'leased -lease-expired-> queued 2',
      'leased -retry-> queued 2',
      'running -succeed-> succeeded 1',
      'running -fail-> failed 1',
      'running -cancel-> cancelled 1',
      'running -lease-expired-> queued 2',
      'running -retry-> queued 2',
      'failed -retry-> queued 2',
    ]);
  });

  it('fails when its last attempt is lost', () => {
    const running = { state: 'running' as const, attempt: 3 };
    expect(
      transitionRun(running, 'lease-expired', { attemptsAllowed: 3 }),
    ).toEqual({ state: 'failed', attempt: 3 });
    expect(() => transitionRun(running, 'retry', { retryable: false })).toThrow(
      /final/,
    );
  });
});

describe('deriveMigrationProgress', () => {
  const at = (targets: Partial<Record<TargetState, number>>, extra = {}) =>
    deriveMigrationProgress({
      state: 'active',
      targets,
      outcomes: {},
      ...extra,
    });

  it.each([
    [{}, {}, 'looking for consumers'],
    [{ simulating: 30, simulated: 210 }, {}, 'simulating 210 of 240'],
    [{ simulated: 3, approved: 1 }, {}, '1 of 4 approved'],
    [
      { open: 2, merged: 1, approved: 7 },
      { wave: { current: 2, total: 3 } },
      'wave 2 of 3, 1 of 10 merged',
    ],
    [
      { ended: 2 },
      { outcomes: { migrated: 1, failed: 1 } },
      'waiting for people',
    ],
    [{ ended: 1, open: 1 }, { state: 'paused' }, 'paused, 1 of 2 ended'],
    [
      { ended: 1 },
      { state: 'ended', outcome: 'done' },
      'Nobody reads the old version any more.',
    ],
  ])('%j %j: %s', (targets, extra, sentence) => {
    expect(at(targets, extra).sentence).toBe(sentence);
  });

  it('counts each target once', () => {
    fc.assert(
      fc.property(
        fc.record(
          Object.fromEntries(
            keys(TARGET_STATES).map(state => [state, fc.nat(1000)]),
          ),
          { requiredKeys: [] },
        ),
        targets => {
          const sum = Object.values(targets).reduce<number>(
            (a, b) => a + (b ?? 0),
            0,
          );
          const progress = at(targets);
          expect(progress.total).toBe(sum);
          expect(progress.simulated).toBeLessThanOrEqual(sum);
        },
      ),
    );
  });
});
