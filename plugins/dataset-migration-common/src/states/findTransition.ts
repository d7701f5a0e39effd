import { IllegalTransitionError } from './IllegalTransitionError';
import { GuardRule, Transition } from './Transition';

/**
 * The row of a state table that an event takes.
 *
 * @throws IllegalTransitionError when no row applies, with the refusal of the
 * first guard that did not hold, so that the person learns what is missing.
 */
export function findTransition<
  State extends string,
  Event extends string,
  Outcome extends string,
  Guard extends string,
  Current extends { state: State; outcome?: Outcome },
  Context,
>(
  machine: string,
  table: ReadonlyArray<Transition<State, Event, Outcome, Guard>>,
  guards: Record<Guard, GuardRule<Current, Context>>,
  current: Current,
  event: Event,
  context: Context,
): Transition<State, Event, Outcome, Guard> {
  let refusal: string | undefined;
  for (const row of table) {
    if (row.event !== event || !row.from.includes(current.state)) {
      continue;
    }
    if (
      row.fromOutcome &&
      !(current.outcome && row.fromOutcome.includes(current.outcome))
    ) {
      continue;
    }
    const failing = (row.guards ?? []).find(
      guard => !guards[guard].holds(current, context),
    );
    if (failing === undefined) {
      return row;
    }
    refusal ??= guards[failing].refusal;
  }
  const state = current.outcome
    ? `${current.state}: ${current.outcome}`
    : current.state;
  throw new IllegalTransitionError({ machine, state, event, refusal });
}
