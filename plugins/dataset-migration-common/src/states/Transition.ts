/** One row of a state table: from any of `from`, `event` leads to `to`. */
export interface Transition<
  State extends string,
  Event extends string,
  Outcome extends string,
  Guard extends string,
> {
  from: readonly State[];
  /** Only where the current outcome is one of these. */
  fromOutcome?: readonly Outcome[];
  event: Event;
  /** All must hold. Rows are tried in order, the first that holds is taken. */
  guards?: readonly Guard[];
  /** `same` leaves the state and outcome as they are. */
  to: State | 'same';
  outcome?: Outcome;
}

/** What a guard asks, and what the portal says when it does not hold. */
export interface GuardRule<Current, Context> {
  holds(current: Current, context: Context): boolean;
  /** A sentence for the person whose action was refused. */
  refusal: string;
}
