import { GuardRule, Transition } from './Transition';

/** Where a run is, with the sentence that the portal shows. */
export const RUN_STATES = {
  queued: 'Waits for a free place in the fleet.',
  leased: 'A place is taken; the run is about to start.',
  running: 'The run is at work.',
  succeeded: 'The run finished.',
  failed: 'The run failed.',
  cancelled: 'The run was cancelled.',
} as const;
export type RunState = keyof typeof RUN_STATES;

/** What can happen to a run. */
export const RUN_EVENTS = [
  'lease',
  'start',
  'succeed',
  'fail',
  'cancel',
  'lease-expired',
  'retry',
] as const;
export type RunEvent = (typeof RUN_EVENTS)[number];

export interface RunPosition {
  state: RunState;
  /** Counts from 1. */
  attempt: number;
}

export interface RunContext {
  /** Attempts the plan allows; no limit where absent. */
  attemptsAllowed?: number;
  /** Whether the failure can go away by itself. */
  retryable?: boolean;
}

export type RunGuard = 'attempts-left' | 'is-retryable';

export const RUN_GUARDS: Record<
  RunGuard,
  GuardRule<RunPosition, RunContext>
> = {
  'attempts-left': {
    holds: (current, context) =>
      context.attemptsAllowed === undefined ||
      current.attempt < context.attemptsAllowed,
    refusal: 'The run has used all its attempts.',
  },
  'is-retryable': {
    holds: (_, context) => context.retryable !== false,
    refusal: 'The failure is final.',
  },
};

/** The table of `states.md`. */
export const RUN_TRANSITIONS: ReadonlyArray<
  Transition<RunState, RunEvent, never, RunGuard>
> = [
  { from: ['queued'], event: 'lease', to: 'leased' },
  { from: ['leased'], event: 'start', to: 'running' },
  // The result may arrive before anybody saw the run start.
  { from: ['leased', 'running'], event: 'succeed', to: 'succeeded' },
  { from: ['leased', 'running'], event: 'fail', to: 'failed' },
  { from: ['queued', 'leased', 'running'], event: 'cancel', to: 'cancelled' },
  {
    from: ['leased', 'running'],
    event: 'lease-expired',
    guards: ['attempts-left'],
    to: 'queued',
  },
  { from: ['leased', 'running'], event: 'lease-expired', to: 'failed' },
  {
    from: ['leased', 'running', 'failed'],
    event: 'retry',
    guards: ['is-retryable', 'attempts-left'],
    to: 'queued',
  },
];
