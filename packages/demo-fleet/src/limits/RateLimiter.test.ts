import * as fc from 'fast-check';
import { GITHUB_LIMITS } from './ForgeLimits';
import { RateLimiter } from './RateLimiter';
import { SlidingWindow } from './SlidingWindow';

const READ = { method: 'GET', search: false, anonymous: false };
const WRITE = { method: 'POST', search: false, anonymous: false };

describe('RateLimiter', () => {
  it('refuses the request after the last one of the hour, for that identity only', () => {
    const limiter = new RateLimiter({
      ...GITHUB_LIMITS,
      primaryPerHour: 2,
      hourMs: 1000,
    });
    expect(limiter.enter('a', READ, 5000)).toBeUndefined();
    expect(limiter.enter('a', READ, 5100)).toBeUndefined();
    expect(limiter.enter('a', READ, 5200)).toMatchObject({
      kind: 'primary',
      retryAfter: 1,
    });
    expect(limiter.enter('b', READ, 5200)).toBeUndefined();
    expect(limiter.state('a', false, false, 5200)).toEqual({
      resource: 'core',
      limit: 2,
      used: 2,
      remaining: 0,
      reset: 6,
    });
    expect(limiter.enter('a', READ, 6000)).toBeUndefined();
  });

  it('takes 80 writes in any minute and 500 in any hour', () => {
    const limiter = new RateLimiter(GITHUB_LIMITS);
    let refused = 0;
    let created = 0;
    for (let second = 0; second < 3600; second += 1) {
      const refusal = limiter.enter('a', WRITE, 1_000_000 + second * 1000);
      limiter.leave('a');
      created += refusal ? 0 : 1;
      refused += refusal ? 1 : 0;
    }
    // One a second is within 80 a minute, so only the hour binds.
    expect(created).toBe(500);
    expect(refused).toBe(3100);
  });

  it('names the wait after which a write is taken again', () => {
    const limiter = new RateLimiter({
      ...GITHUB_LIMITS,
      secondaryContentPerMinute: 3,
    });
    for (const at of [0, 1000, 2000]) {
      expect(limiter.enter('a', WRITE, 100_000 + at)).toBeUndefined();
    }
    expect(limiter.enter('a', WRITE, 103_000)).toEqual({
      kind: 'secondary',
      reason: 'content-minute',
      retryAfter: 57,
    });
    expect(limiter.enter('a', READ, 103_000)).toBeUndefined();
    expect(limiter.enter('a', WRITE, 103_000 + 57_000)).toBeUndefined();
  });

  it('counts five points for a write and one for a read, and blocks reads as well', () => {
    const limiter = new RateLimiter({ ...GITHUB_LIMITS, pointsPerMinute: 7 });
    expect(limiter.enter('a', WRITE, 1000)).toBeUndefined();
    expect(limiter.enter('a', READ, 1000)).toBeUndefined();
    expect(limiter.enter('a', READ, 1000)).toBeUndefined();
    expect(limiter.enter('a', READ, 1000)).toMatchObject({ reason: 'points' });
    expect(limiter.enter('a', READ, 2000)).toMatchObject({
      reason: 'retry-after',
    });
    expect(limiter.enter('a', READ, 61_000)).toBeUndefined();
  });

  it('refuses more than 100 at once', () => {
    const limiter = new RateLimiter(GITHUB_LIMITS);
    for (let number = 0; number < 100; number += 1) {
      expect(limiter.enter('a', READ, 1000)).toBeUndefined();
    }
    expect(limiter.enter('a', READ, 1000)).toMatchObject({
      reason: 'concurrent',
    });
  });

  it('can demand a pause between writes', () => {
    const limiter = new RateLimiter({
      ...GITHUB_LIMITS,
      minWriteIntervalMs: 1000,
    });
    expect(limiter.enter('a', WRITE, 10_000)).toBeUndefined();
    expect(limiter.enter('a', WRITE, 10_500)).toMatchObject({
      reason: 'write-interval',
      retryAfter: 1,
    });
    expect(limiter.enter('a', WRITE, 11_000)).toBeUndefined();
  });
});

describe('SlidingWindow', () => {
  it('admits again after the wait that it named, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 5 }),
        (gaps, limit) => {
          const window = new SlidingWindow(50);
          const events: number[] = [];
          let now = 1000;
          for (const gap of gaps) {
            now += gap;
            const wait = window.waitFor(now, 1, limit);
            expect(wait > 0).toBe(window.sum(now) >= limit);
            const early = new SlidingWindow(50);
            for (const event of events) {
              early.add(event);
            }
            expect(wait === 0 || early.sum(now + wait - 1) >= limit).toBe(true);
            now += wait;
            events.push(now);
            window.add(now);
            expect(window.sum(now)).toBeLessThanOrEqual(limit);
          }
        },
      ),
    );
  });
});
