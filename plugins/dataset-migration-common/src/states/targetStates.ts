import { GuardRule, Transition } from './Transition';

/** Where a target is, with the sentence that the portal shows. */
export const TARGET_STATES = {
  unresolved: 'We do not know where the code of this consumer lives.',
  pending: 'Waits for its simulation.',
  simulating: 'The change is being written and verified.',
  simulated: 'The change is ready for review.',
  approved: 'The change is approved and waits for its wave.',
  publishing: 'The pull request is being opened.',
  open: 'The pull request is open.',
  merged: 'The pull request is merged; we look for reads that are left.',
  reverting: 'The change is being taken back.',
  ended: 'Nothing more happens here.',
} as const;
export type TargetState = keyof typeof TARGET_STATES;

/** How a target ended, with the sentence that the portal shows. */
export const TARGET_OUTCOMES = {
  migrated: 'Merged, and no read of the old version is left.',
  'not-affected': 'Does not read the dataset.',
  skipped: 'A person skipped it, with a reason.',
  'handed-over': 'A person has to do it.',
  failed: 'It failed for good.',
  closed: 'The owners closed the pull request.',
  'rolled-back': 'The change was taken back.',
  cancelled: 'The migration was cancelled before this was published.',
} as const;
export type TargetOutcome = keyof typeof TARGET_OUTCOMES;

/** Why a target does not move now, with the sentence that the portal shows. */
export const TARGET_BLOCKED = {
  question: 'The owner has a question to answer.',
  review: 'The owner has to review the change.',
  'changes-requested': 'The owner asked for changes.',
  wave: 'Its wave is not open yet.',
  window: 'It is outside the hours in which changes are published.',
  'forge-budget': 'The forge accepts no more requests for now.',
  'checks-pending': 'Checks of the pull request are still running.',
  'checks-failing': 'Checks of the pull request fail.',
  conflict: 'The pull request conflicts with its base branch.',
  'edited-by-people':
    'People committed to the branch: it is theirs, we do not push to it.',
  upstream: 'A producer before it is not done.',
  paused: 'The migration is paused.',
  halted: 'The migration was halted because of errors.',
  verification:
    'The base branch moved: the change is verified again before it is published.',
  retry: 'It failed and will be tried again.',
  'no-owner': 'No entity of the catalog owns this code.',
} as const;
export type TargetBlocked = keyof typeof TARGET_BLOCKED;

/** What can happen to a target. */
export const TARGET_EVENTS = [
  'simulate',
  'change-ready',
  'nothing-to-change',
  'needs-person',
  'failed',
  'approve',
  'ask-for-changes',
  'answer',
  'edit',
  'skip',
  'base-changed',
  'base-moved',
  'verified',
  'verified-worse',
  'wave-opens',
  'opened',
  'merged',
  'closed-by-people',
  'conflict',
  'edited-by-people',
  'rescan-clean',
  'rescan-found',
  'roll-back',
  'cancel',
  'reverted',
  'revert-failed',
  'retry',
  'repository-found',
  'block',
  'unblock',
] as const;
export type TargetEvent = (typeof TARGET_EVENTS)[number];

/** The three fields of a target that events move. */
export interface TargetPosition {
  state: TargetState;
  outcome?: TargetOutcome;
  blocked?: TargetBlocked;
}

/** What guards need to know beside the position. */
export interface TargetContext {
  /** Required to skip: what a person wrote. */
  reason?: string;
  /** With `block`: why. With other events: what blocks the new state. */
  blocked?: TargetBlocked;
  /** Questions that nobody answered yet. */
  openQuestions?: number;
  /** True where some verifier's verdict on the change is `failed`. */
  evidenceFailed?: boolean;
  /** With skip, roll back, cancel and commits of people; absent while not known. */
  pullRequestExists?: boolean;
}

export type TargetGuard =
  | 'reason-given'
  | 'blocked-given'
  | 'no-open-question'
  | 'no-failed-evidence'
  | 'branch-is-ours'
  | 'verifying'
  | 'not-verifying'
  | 'pull-request-exists'
  | 'no-pull-request'
  | 'nothing-published';

export const TARGET_GUARDS: Record<
  TargetGuard,
  GuardRule<TargetPosition, TargetContext>
> = {
  'reason-given': {
    holds: (_, context) => Boolean(context.reason?.trim()),
    refusal: 'Say why: a target is only skipped with a reason.',
  },
  'blocked-given': {
    holds: (_, context) => context.blocked !== undefined,
    refusal: 'Say what blocks the target.',
  },
  'no-open-question': {
    holds: (_, context) => !context.openQuestions,
    refusal: 'Answer the open questions before you approve.',
  },
  'no-failed-evidence': {
    holds: (_, context) => !context.evidenceFailed,
    refusal:
      'A verifier failed on this change: ask for changes, edit it or skip it.',
  },
  'branch-is-ours': {
    holds: current => current.blocked !== 'edited-by-people',
    refusal: 'People committed to the branch: it is theirs.',
  },
  verifying: {
    holds: current => current.blocked === 'verification',
    refusal: 'The change is not being verified again.',
  },
  'not-verifying': {
    holds: current => current.blocked !== 'verification',
    refusal: 'The change is verified again first, and published then.',
  },
  'pull-request-exists': {
    holds: (_, context) => context.pullRequestExists === true,
    refusal: 'No pull request is known to exist.',
  },
  'no-pull-request': {
    holds: (_, context) => context.pullRequestExists === false,
    refusal: 'A pull request may exist.',
  },
  // A skipped target ends at once, and nobody would look after what it opened before.
  'nothing-published': {
    holds: (_, context) => context.pullRequestExists !== true,
    refusal:
      'Its pull request is still open: roll the target back instead, which closes it.',
  },
};

const UNPUBLISHED = [
  'unresolved',
  'pending',
  'simulating',
  'simulated',
  'approved',
] as const;

/** The table of `states.md`. Rows of one state and event are tried in order. */
export const TARGET_TRANSITIONS: ReadonlyArray<
  Transition<TargetState, TargetEvent, TargetOutcome, TargetGuard>
> = [
  { from: ['unresolved'], event: 'repository-found', to: 'pending' },
  {
    from: ['unresolved', 'pending', 'simulated', 'approved'],
    event: 'skip',
    guards: ['reason-given', 'nothing-published'],
    to: 'ended',
    outcome: 'skipped',
  },
  // A simulated target may be run again, as rule 6 of the architecture has it.
  { from: ['pending', 'simulated'], event: 'simulate', to: 'simulating' },
  { from: ['simulating'], event: 'change-ready', to: 'simulated' },
  {
    from: ['simulating'],
    event: 'nothing-to-change',
    to: 'ended',
    outcome: 'not-affected',
  },
  {
    from: ['simulating'],
    event: 'needs-person',
    to: 'ended',
    outcome: 'handed-over',
  },
  {
    from: ['simulating', 'publishing'],
    event: 'failed',
    to: 'ended',
    outcome: 'failed',
  },
  {
    from: ['simulated'],
    event: 'approve',
    guards: ['no-failed-evidence', 'no-open-question'],
    to: 'approved',
  },
  { from: ['simulated'], event: 'ask-for-changes', to: 'simulating' },
  { from: ['simulated'], event: 'answer', to: 'simulating' },
  { from: ['simulated'], event: 'edit', to: 'simulating' },
  {
    // While publishing, too: what was approved no longer fits, and nothing was pushed.
    from: ['simulated', 'approved', 'publishing'],
    event: 'base-changed',
    to: 'simulating',
  },
  {
    from: ['approved'],
    event: 'wave-opens',
    guards: ['not-verifying'],
    to: 'publishing',
  },
  // The files under the change are as they were: the approval stays, and nothing was pushed.
  { from: ['publishing'], event: 'base-moved', to: 'approved' },
  {
    from: ['approved'],
    event: 'verified',
    guards: ['verifying'],
    to: 'publishing',
  },
  {
    from: ['approved'],
    event: 'verified-worse',
    guards: ['verifying'],
    to: 'simulated',
  },
  { from: ['publishing'], event: 'opened', to: 'open' },
  {
    // People committed to the branch before we could: we follow their pull request.
    from: ['publishing'],
    event: 'edited-by-people',
    guards: ['pull-request-exists'],
    to: 'open',
  },
  {
    from: ['publishing'],
    event: 'edited-by-people',
    guards: ['no-pull-request'],
    to: 'ended',
    outcome: 'handed-over',
  },
  { from: ['open'], event: 'merged', to: 'merged' },
  {
    from: ['open'],
    event: 'closed-by-people',
    to: 'ended',
    outcome: 'closed',
  },
  {
    from: ['open'],
    event: 'conflict',
    guards: ['branch-is-ours'],
    to: 'simulating',
  },
  { from: ['open'], event: 'conflict', to: 'same' },
  { from: ['open'], event: 'edited-by-people', to: 'same' },
  {
    from: ['merged'],
    event: 'rescan-clean',
    to: 'ended',
    outcome: 'migrated',
  },
  { from: ['merged'], event: 'rescan-found', to: 'pending' },
  {
    from: ['ended'],
    fromOutcome: ['migrated', 'not-affected'],
    event: 'rescan-found',
    to: 'pending',
  },
  { from: ['open', 'merged'], event: 'roll-back', to: 'reverting' },
  {
    from: ['ended'],
    fromOutcome: ['migrated'],
    event: 'roll-back',
    to: 'reverting',
  },
  // Made again after it had been published, as after a conflict: the first one is open still.
  {
    from: UNPUBLISHED,
    event: 'roll-back',
    guards: ['pull-request-exists'],
    to: 'reverting',
  },
  {
    from: UNPUBLISHED,
    event: 'cancel',
    guards: ['pull-request-exists'],
    to: 'reverting',
  },
  {
    from: UNPUBLISHED,
    event: 'roll-back',
    to: 'ended',
    outcome: 'cancelled',
  },
  { from: UNPUBLISHED, event: 'cancel', to: 'ended', outcome: 'cancelled' },
  {
    from: ['publishing'],
    event: 'roll-back',
    guards: ['pull-request-exists'],
    to: 'reverting',
  },
  {
    from: ['publishing'],
    event: 'roll-back',
    guards: ['no-pull-request'],
    to: 'ended',
    outcome: 'cancelled',
  },
  { from: ['publishing'], event: 'roll-back', to: 'same' },
  {
    from: ['publishing'],
    event: 'cancel',
    guards: ['pull-request-exists'],
    to: 'reverting',
  },
  {
    from: ['publishing'],
    event: 'cancel',
    guards: ['no-pull-request'],
    to: 'ended',
    outcome: 'cancelled',
  },
  { from: ['publishing'], event: 'cancel', to: 'same' },
  { from: ['open'], event: 'cancel', to: 'reverting' },
  {
    from: ['reverting'],
    event: 'reverted',
    to: 'ended',
    outcome: 'rolled-back',
  },
  {
    from: ['reverting'],
    event: 'revert-failed',
    to: 'ended',
    outcome: 'handed-over',
  },
  {
    from: ['ended'],
    fromOutcome: [
      'failed',
      'handed-over',
      'skipped',
      'closed',
      'rolled-back',
      'cancelled',
    ],
    event: 'retry',
    to: 'pending',
  },
  {
    from: [...UNPUBLISHED, 'publishing', 'open', 'merged', 'reverting'],
    event: 'block',
    guards: ['blocked-given'],
    to: 'same',
  },
  {
    from: [...UNPUBLISHED, 'publishing', 'open', 'merged', 'reverting'],
    event: 'unblock',
    to: 'same',
  },
];
