import { GuardRule, Transition } from './Transition';

/** Where a migration or a campaign is, with the sentence that the portal shows. */
export const MIGRATION_STATES = {
  draft: 'The plan is known and nothing is done yet.',
  active: 'Each target goes its way at its own place.',
  paused: 'A person paused it: nothing new starts.',
  halted: 'Too many errors: it was halted until a person decides.',
  'rolling-back': 'Changes are being taken back.',
  ended: 'Nothing more happens here.',
} as const;
export type MigrationState = keyof typeof MIGRATION_STATES;

/** How a migration ended, with the sentence that the portal shows. */
export const MIGRATION_OUTCOMES = {
  done: 'Nobody reads the old version any more.',
  incomplete: 'It was ended although readers remain; they are on record.',
  'rolled-back': 'Every change was taken back or handed over.',
  cancelled: 'A person cancelled it.',
  discarded: 'The draft was discarded.',
} as const;
export type MigrationOutcome = keyof typeof MIGRATION_OUTCOMES;

/** What can happen to a migration. */
export const MIGRATION_EVENTS = [
  'start',
  'discard',
  'pause',
  'resume',
  'halt',
  'roll-back',
  'cancel',
  'all-through',
  'all-back',
  'end-incomplete',
  'rescan-found',
] as const;
export type MigrationEvent = (typeof MIGRATION_EVENTS)[number];

export interface MigrationPosition {
  state: MigrationState;
  outcome?: MigrationOutcome;
}

export interface MigrationContext {
  /** What a person wrote; required to resume after a halt. */
  reason?: string;
  /** Problems of severity `error` in the plan. */
  planErrors?: number;
  /** Readers of the old version that the last scan found. */
  remainingReaders?: number;
}

export type MigrationGuard =
  | 'plan-is-valid'
  | 'decision-on-record'
  | 'no-reader-left';

export const MIGRATION_GUARDS: Record<
  MigrationGuard,
  GuardRule<MigrationPosition, MigrationContext>
> = {
  'plan-is-valid': {
    holds: (_, context) => !context.planErrors,
    refusal: 'The plan has errors: correct them before you start.',
  },
  'decision-on-record': {
    holds: (_, context) => Boolean(context.reason?.trim()),
    refusal: 'Say why it may go on: a halted migration resumes with a reason.',
  },
  'no-reader-left': {
    holds: (_, context) => !context.remainingReaders,
    refusal: 'Some consumers still read the old version.',
  },
};

/** The table of `states.md`; campaigns use it too. */
export const MIGRATION_TRANSITIONS: ReadonlyArray<
  Transition<MigrationState, MigrationEvent, MigrationOutcome, MigrationGuard>
> = [
  { from: ['draft'], event: 'start', guards: ['plan-is-valid'], to: 'active' },
  { from: ['draft'], event: 'discard', to: 'ended', outcome: 'discarded' },
  { from: ['active'], event: 'pause', to: 'paused' },
  { from: ['active'], event: 'halt', to: 'halted' },
  { from: ['paused'], event: 'resume', to: 'active' },
  {
    from: ['halted'],
    event: 'resume',
    guards: ['decision-on-record'],
    to: 'active',
  },
  {
    from: ['active', 'paused', 'halted'],
    event: 'roll-back',
    to: 'rolling-back',
  },
  {
    from: ['active', 'paused', 'halted'],
    event: 'cancel',
    to: 'ended',
    outcome: 'cancelled',
  },
  {
    from: ['active'],
    event: 'all-through',
    guards: ['no-reader-left'],
    to: 'ended',
    outcome: 'done',
  },
  {
    from: ['active'],
    event: 'end-incomplete',
    to: 'ended',
    outcome: 'incomplete',
  },
  {
    from: ['rolling-back'],
    event: 'all-back',
    to: 'ended',
    outcome: 'rolled-back',
  },
  {
    from: ['ended'],
    fromOutcome: ['done', 'incomplete'],
    event: 'roll-back',
    to: 'rolling-back',
  },
  {
    from: ['ended'],
    fromOutcome: ['done', 'incomplete'],
    event: 'rescan-found',
    to: 'active',
  },
];
