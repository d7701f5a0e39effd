/** What was learned about a published target; `at` is in epoch milliseconds. */
export type RolloutEvent = {
  /** Id of the target. */
  target: string;
  at: number;
} & (
  | {
      /** Checks of the pull request, all together, and the same on its base. */
      kind: 'checks';
      result: 'passed' | 'failed';
      onBase: 'passed' | 'failed' | 'unknown';
    }
  | {
      /** A run of the consumer after the merge, and how the last one before it ended. */
      kind: 'run';
      result: 'succeeded' | 'failed';
      before: 'succeeded' | 'failed' | 'unknown';
    }
  | { kind: 'merged' }
  /** Closed by people without a merge. */
  | { kind: 'closed'; asWrong: boolean }
  /** Final: no attempt follows. */
  | { kind: 'publishing-failed' }
  | { kind: 'rolled-back' }
  /** Never an error of the rollout: nobody outside was touched. */
  | { kind: 'simulation-failed' }
);

/** Errors of `plan-format.md` ("An error, for `errorRate`"), with the portal's words. */
export const ROLLOUT_ERRORS = {
  'checks-failed': 'checks fail that passed on the base branch',
  'run-failed': 'a run failed that succeeded before',
  'closed-as-wrong': 'closed as wrong by people',
  'publishing-failed': 'could not be published',
  'rolled-back': 'rolled back',
} as const;
export type RolloutErrorKind = keyof typeof ROLLOUT_ERRORS;

/**
 * What an event says: which error it is, `fine`, or undefined where it says
 * nothing about the change (checks that fail on the base too, a pull request
 * that was closed for another reason, a failed simulation).
 */
export function classifyEvent(
  event: RolloutEvent,
): RolloutErrorKind | 'fine' | undefined {
  switch (event.kind) {
    case 'checks':
      if (event.result === 'passed') {
        return 'fine';
      }
      return event.onBase === 'passed' ? 'checks-failed' : undefined;
    case 'run':
      if (event.result === 'succeeded') {
        return 'fine';
      }
      return event.before === 'succeeded' ? 'run-failed' : undefined;
    case 'merged':
      return 'fine';
    case 'closed':
      return event.asWrong ? 'closed-as-wrong' : undefined;
    case 'publishing-failed':
    case 'rolled-back':
      return event.kind;
    default:
      return undefined;
  }
}
