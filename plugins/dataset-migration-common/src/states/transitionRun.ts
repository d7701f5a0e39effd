import { findTransition } from './findTransition';
import {
  RUN_GUARDS,
  RUN_TRANSITIONS,
  RunContext,
  RunEvent,
  RunPosition,
} from './runStates';

/**
 * Where an event takes a run. Going back to `queued` counts the attempt up.
 *
 * @throws IllegalTransitionError when the state does not take the event or a guard fails.
 */
export function transitionRun(
  current: RunPosition,
  event: RunEvent,
  context: RunContext = {},
): RunPosition {
  const row = findTransition(
    'run',
    RUN_TRANSITIONS,
    RUN_GUARDS,
    current,
    event,
    context,
  );
  const state = row.to === 'same' ? current.state : row.to;
  return {
    state,
    attempt: state === 'queued' ? current.attempt + 1 : current.attempt,
  };
}
