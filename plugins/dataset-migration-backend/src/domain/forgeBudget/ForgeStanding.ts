/** How one identity stands with the forge, as its answers said. Times in UTC epoch milliseconds. */
export interface ForgeStanding {
  /** Nothing may be asked before. */
  blockedUntil?: number;
  /** Refusals in a row that named no time to come back. */
  strikes: number;
  /** Requests left until `resetAt`, of `perHour`. */
  remaining?: number;
  perHour?: number;
  resetAt?: number;
}

/** What one answer of the forge, or its absence, tells about the identity. */
export interface ForgeAnswer {
  remaining?: number;
  perHour?: number;
  resetAt?: number;
  /** The forge refused because we are too fast. */
  refused: boolean;
  /** Where it said when to come back. */
  retryAt?: number;
}

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Takes an answer in. Answers may come in any order: of one hour the lowest remainder counts. A
 * refusal that names no time pauses a minute, and twice as long with each further one, as GitHub
 * asks for.
 */
export function afterAnswer(
  standing: ForgeStanding,
  answer: ForgeAnswer,
  now: number,
): ForgeStanding {
  const counted = countDown(standing, answer);
  if (!answer.refused) return { ...counted, strikes: 0 };
  const pause = Math.min(
    FIRST_PAUSE_MS * 2 ** Math.min(standing.strikes, 10),
    LONGEST_PAUSE_MS,
  );
  const until = answer.retryAt ?? now + pause;
  return {
    ...counted,
    strikes: answer.retryAt === undefined ? standing.strikes + 1 : 0,
    blockedUntil: Math.max(until, standing.blockedUntil ?? 0),
  };
}

function countDown(
  standing: ForgeStanding,
  { remaining, perHour, resetAt }: ForgeAnswer,
): ForgeStanding {
  if (remaining === undefined || resetAt === undefined) return standing;
  const known = standing.resetAt ?? 0;
  if (resetAt < known) return standing;
  const least =
    resetAt === known
      ? Math.min(remaining, standing.remaining ?? remaining)
      : remaining;
  return { ...standing, remaining: least, perHour, resetAt };
}
