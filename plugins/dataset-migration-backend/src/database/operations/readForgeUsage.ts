import { Knex } from 'knex';
import {
  ForgeLimits,
  ForgeStanding,
  ForgeUsage,
  MINUTE,
} from '../../domain/forgeBudget';

/** Reads what an identity asked lately; a row of `forge_identities` gives its standing. */
export async function readForgeUsage(
  knex: Knex,
  identity: string,
  standing: ForgeStanding,
  limits: ForgeLimits,
  now: number,
): Promise<ForgeUsage> {
  const requests = () => knex('forge_requests').where({ identity });
  const ended = (kind: 'content' | 'search', place: number) =>
    requests()
      .where(kind, true)
      .whereNotNull('ended_at')
      .orderBy('ended_at', 'desc')
      .offset(place - 1)
      .first('ended_at')
      .then(row => (row ? Number(row.ended_at) : undefined));
  const open = await requests()
    .whereNull('ended_at')
    .select('points', 'content', 'search');
  const minute = await requests()
    .where('ended_at', '>', now - MINUTE)
    .sum({ points: 'points' })
    .min({ oldest: 'ended_at' })
    .first();
  const under = open.reduce((sum, each) => sum + Number(each.points), 0);
  return {
    standing,
    inFlight: open.length,
    contentInFlight: open.some(each => Boolean(each.content)),
    searchInFlight: open.some(each => Boolean(each.search)),
    points: Number(minute?.points ?? 0) + under,
    oldestPointsAt: minute?.oldest ? Number(minute.oldest) : undefined,
    lastContentAt: await ended('content', 1),
    minuteTurnAt: await ended('content', limits.contentPerMinute),
    hourTurnAt: await ended('content', limits.contentPerHour),
    searchTurnAt: await ended('search', limits.searchesPerMinute),
  };
}
