import pLimit from 'p-limit';
import { ForgeStore } from '../database/stores';
import { Clock } from '../domain/Clock';
import { ForgeAnswer, ForgeCost, ForgeLimits } from '../domain/forgeBudget';
import { ForgeError } from './ForgeFailure';

export interface ForgeGovernorOptions {
  store: ForgeStore;
  clock: Clock;
  limits: ForgeLimits;
  /** Longest time that a request waits here before it is given back to the queue. */
  maxWaitMs: number;
  /** Longest time that one request may take; a killed process holds its place no longer. */
  timeoutMs: number;
}

/** What a request led to, and what its answer says about the budget. */
export interface ForgeOutcome<T> {
  answer: ForgeAnswer;
  result: { value: T } | { error: unknown };
}

/**
 * Lets requests to the forge through as its limits allow, with one budget for each identity that
 * all replicas share. A refusal stops every request of that identity, in all of them.
 */
export class ForgeGovernor {
  readonly #options: ForgeGovernorOptions;
  /** Content is created one after the other anyway: here they queue in order, without asking. */
  readonly #turns = new Map<string, ReturnType<typeof pLimit>>();

  constructor(options: ForgeGovernorOptions) {
    this.#options = options;
  }

  /**
   * Makes the request when its time has come, and once more after a refusal that is soon over.
   *
   * @param identity - who asks, as the forge counts: `host` or `host/owner`
   * @throws ForgeError `FORGE_BUDGET` where the wait would be too long; what the request threw
   */
  async run<T>(
    identity: string,
    cost: ForgeCost,
    signal: AbortSignal,
    request: () => Promise<ForgeOutcome<T>>,
  ): Promise<T> {
    if (!cost.content) return this.#attempt(identity, cost, signal, request);
    const turn = this.#turns.get(identity) ?? pLimit(1);
    this.#turns.set(identity, turn);
    return turn(() => this.#attempt(identity, cost, signal, request));
  }

  /** Identities that may create no content for longer than a request waits, with the end of that. */
  async exhausted(): Promise<Array<{ identity: string; until: number }>> {
    const { store, clock, limits, maxWaitMs } = this.#options;
    const now = clock.now();
    const found: Array<{ identity: string; until: number }> = [];
    for (const identity of await store.listIdentities()) {
      const until = await store.contentNextAt(identity, limits, now);
      if (until > now + maxWaitMs) found.push({ identity, until });
    }
    return found;
  }

  async #attempt<T>(
    identity: string,
    cost: ForgeCost,
    signal: AbortSignal,
    request: () => Promise<ForgeOutcome<T>>,
  ): Promise<T> {
    for (let isLast = false; ; isLast = true) {
      const outcome = await this.#once(identity, cost, signal, request);
      if ('value' in outcome.result) return outcome.result.value;
      // The next turn waits as long as the forge said, or gives up where that is long.
      if (isLast || !outcome.answer.refused) throw outcome.result.error;
    }
  }

  async #once<T>(
    identity: string,
    cost: ForgeCost,
    signal: AbortSignal,
    request: () => Promise<ForgeOutcome<T>>,
  ): Promise<ForgeOutcome<T>> {
    const { store, clock } = this.#options;
    const id = await this.#reserve(identity, cost, signal);
    let answer: ForgeAnswer = { refused: false };
    try {
      const outcome = await request();
      answer = outcome.answer;
      return outcome;
    } finally {
      await store.settle({ identity, id, answer, now: clock.now() });
    }
  }

  async #reserve(
    identity: string,
    cost: ForgeCost,
    signal: AbortSignal,
  ): Promise<string> {
    const { store, clock, limits, maxWaitMs, timeoutMs } = this.#options;
    const giveUpAt = clock.now() + maxWaitMs;
    for (;;) {
      signal.throwIfAborted();
      const now = clock.now();
      const reserved = await store.reserve({
        identity,
        cost,
        limits,
        now,
        expiresAt: now + timeoutMs,
      });
      if ('id' in reserved) return reserved.id;
      const retryAt = reserved.askAgainAt;
      if (retryAt > giveUpAt) throw budgetUsedUp(identity, retryAt);
      await clock.sleep(retryAt - now, signal);
    }
  }
}

function budgetUsedUp(identity: string, retryAt: number): ForgeError {
  return new ForgeError({
    signature: 'FORGE_BUDGET',
    message: `Our budget of requests to ${identity} is used up until ${new Date(
      retryAt,
    ).toISOString()}.`,
    retryable: true,
    retryAt,
  });
}
