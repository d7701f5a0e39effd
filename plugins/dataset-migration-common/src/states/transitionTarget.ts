import { findTransition } from './findTransition';
import {
  TARGET_GUARDS,
  TARGET_TRANSITIONS,
  TargetBlocked,
  TargetContext,
  TargetEvent,
  TargetPosition,
} from './targetStates';

/**
 * Where an event takes a target.
 *
 * @throws IllegalTransitionError when the state does not take the event or a guard fails.
 */
export function transitionTarget(
  current: TargetPosition,
  event: TargetEvent,
  context: TargetContext = {},
): TargetPosition {
  const row = findTransition(
    'target',
    TARGET_TRANSITIONS,
    TARGET_GUARDS,
    current,
    event,
    context,
  );
  const state = row.to === 'same' ? current.state : row.to;
  const blocked = blockedAfter(current, event, context, row.to === 'same');
  return {
    state,
    ...(row.outcome && { outcome: row.outcome }),
    ...(blocked && state !== 'ended' && { blocked }),
  };
}

function blockedAfter(
  current: TargetPosition,
  event: TargetEvent,
  context: TargetContext,
  stays: boolean,
): TargetBlocked | undefined {
  switch (event) {
    case 'unblock':
      return undefined;
    case 'edited-by-people':
      return 'edited-by-people';
    case 'base-moved':
      return 'verification';
    case 'verified-worse':
      return context.blocked ?? 'review';
    case 'change-ready':
      return context.openQuestions ? 'question' : context.blocked ?? 'review';
    case 'approve':
      return context.blocked ?? 'wave';
    default:
      if (event === 'block') {
        // A branch that is not ours stays so, whatever else is in the way.
        return current.blocked === 'edited-by-people'
          ? current.blocked
          : context.blocked;
      }
      return stays ? current.blocked : context.blocked;
  }
}
