import { GITHUB_LIMITS as FORGE_LIMITS, RateLimiter } from 'demo-fleet';
import {
  ForgeCost,
  forgeCost,
  GITHUB_LIMITS,
  HOUR,
} from '../domain/forgeBudget';
import { eachDatabase } from '../testing/eachDatabase';
import { DatabaseForgeStore } from './DatabaseForgeStore';

const WRITE = forgeCost('POST', '/x');
const READ = forgeCost('GET', '/x');
const QUIET = { refused: false };
const START = 1_000_000_000;

/** What happens, in the order of its time and not of ours. */
class EventLine {
  readonly #events: Array<{
    at: number;
    happen: (at: number) => Promise<void>;
  }> = [];

  at(at: number, happen: (at: number) => Promise<void>): void {
    this.#events.push({ at, happen });
  }

  /** Returns the time of the last event. */
  async run(): Promise<number> {
    let now = 0;
    for (;;) {
      this.#events.sort((a, b) => a.at - b.at);
      const next = this.#events.shift();
      if (!next) return now;
      now = next.at;
      await next.happen(now);
    }
  }
}

/** The same numbers each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

eachDatabase((engine, database) => {
  it('keeps the limits as the forge counts them, however long the way takes', async () => {
    const knex = await database.create();
    const line = new EventLine();
    const random = numbers(7);
    const limiter = new RateLimiter({
      ...FORGE_LIMITS,
      primaryPerHour: 200,
      secondaryContentPerMinute: 6,
      secondaryContentPerHour: 20,
      pointsPerMinute: 40,
      concurrent: 3,
    });
    const limits = {
      ...GITHUB_LIMITS,
      contentPerMinute: 6,
      contentPerHour: 20,
      pointsPerMinute: 40,
      concurrent: 3,
    };
    const refusals: unknown[] = [];
    let writes = 0;

    function ask(
      store: DatabaseForgeStore,
      cost: ForgeCost,
      from: number,
      then: (end: number) => void,
    ) {
      line.at(from, async now => {
        const expiresAt = now + 30_000;
        const reserved = await store.reserve({
          identity: 'a',
          cost,
          limits,
          now,
          expiresAt,
        });
        if ('askAgainAt' in reserved)
          ask(store, cost, reserved.askAgainAt, then);
        else
          line.at(now + random(2_000), at =>
            arrive(store, cost, reserved.id, at, then),
          );
      });
    }

    async function arrive(
      store: DatabaseForgeStore,
      cost: ForgeCost,
      id: string,
      at: number,
      then: (end: number) => void,
    ) {
      const request = {
        method: cost.content ? 'POST' : 'GET',
        search: false,
        anonymous: false,
      };
      const refusal = limiter.enter('a', request, at);
      if (refusal) refusals.push(refusal);
      const { remaining, limit, reset } = limiter.state('a', false, false, at);
      line.at(at + random(2_000), async now => {
        limiter.leave('a');
        writes += cost.content ? 1 : 0;
        const told = { remaining, perHour: limit, resetAt: reset * 1000 };
        const answer = { ...QUIET, ...told };
        await store.settle({ identity: 'a', id, now, answer });
        then(now);
      });
    }

    // Two replicas share nothing but the database; each writes one after the other.
    const count = engine === 'sqlite' ? 60 : 24;
    const waiting = [count / 2, count / 2];
    const replicas = waiting.map(() => new DatabaseForgeStore(knex));
    function write(replica: number, from: number) {
      if (waiting[replica] === 0) return;
      waiting[replica] -= 1;
      ask(replicas[replica], WRITE, from, end => write(replica, end));
    }
    replicas.forEach((store, replica) => {
      write(replica, START + random(60_000));
      for (let each = 0; each < count / 2; each += 1) {
        ask(store, READ, START + random(HOUR), () => {});
      }
    });
    const end = await line.run();
    expect(refusals).toEqual([]);
    expect(writes).toBe(count);
    // And it is hardly slower than the hour demands.
    const hours = Math.ceil(count / limits.contentPerHour);
    expect(end - START).toBeLessThan(hours * HOUR * 1.05);
  }, 60_000);

  it('gives the place of a killed process back after its time', async () => {
    const store = new DatabaseForgeStore(await database.create());
    const reserve = (now: number) =>
      store.reserve({
        identity: 'a',
        cost: WRITE,
        limits: GITHUB_LIMITS,
        now,
        expiresAt: now + 30_000,
      });
    expect(await reserve(1_000)).toHaveProperty('id');
    expect(await reserve(2_000)).toEqual({ askAgainAt: 2_100 });
    // It may have reached the forge in its last moment.
    expect(await reserve(31_500)).toEqual({ askAgainAt: 32_000 });
    expect(await reserve(32_000)).toHaveProperty('id');
  });

  it('grants one place to one of many that ask at once', async () => {
    const store = new DatabaseForgeStore(await database.create());
    const asked = await Promise.all(
      Array.from({ length: 8 }, () =>
        store.reserve({
          identity: 'a',
          cost: WRITE,
          limits: GITHUB_LIMITS,
          now: 5_000,
          expiresAt: 9_000,
        }),
      ),
    );
    expect(asked.filter(each => 'id' in each)).toHaveLength(1);
  });

  it('stops an identity that was refused, and no other', async () => {
    const store = new DatabaseForgeStore(await database.create());
    const reserve = (identity: string, now: number) =>
      store.reserve({
        identity,
        cost: READ,
        limits: GITHUB_LIMITS,
        now,
        expiresAt: now + 1,
      });
    const first = await reserve('a', 10);
    if (!('id' in first)) throw new Error('not granted');
    const answer = { refused: true, retryAt: 500 };
    await store.settle({ identity: 'a', id: first.id, answer, now: 20 });
    expect(await reserve('a', 30)).toEqual({ askAgainAt: 500 });
    expect(await reserve('b', 30)).toHaveProperty('id');
    expect(await store.listIdentities()).toEqual(['a', 'b']);
    expect(await store.contentNextAt('a', GITHUB_LIMITS, 40)).toBe(500);
    expect(await store.contentNextAt('nobody', GITHUB_LIMITS, 40)).toBe(40);
  });

  it('remembers an hour, and no longer', async () => {
    const knex = await database.create();
    const store = new DatabaseForgeStore(knex);
    const ask = async (now: number) => {
      const reserved = await store.reserve({
        identity: 'a',
        cost: WRITE,
        limits: { ...GITHUB_LIMITS, spacingMs: 0 },
        now,
        expiresAt: now + 1_000,
      });
      if (!('id' in reserved)) throw new Error('not granted');
      await store.settle({
        identity: 'a',
        id: reserved.id,
        answer: QUIET,
        now,
      });
    };
    await ask(1_000);
    await ask(2_000);
    expect(await store.recentContent('a', 3_000)).toEqual([1_000, 2_000]);
    await ask(HOUR + 1_500);
    expect(await store.recentContent('a', HOUR + 1_500)).toEqual([
      2_000,
      HOUR + 1_500,
    ]);
    expect(await knex('forge_requests')).toHaveLength(2);
  });
});
