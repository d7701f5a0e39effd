import fc from 'fast-check';
import { forecastContent } from './forecastContent';
import { forgeCost } from './ForgeCost';
import { GITHUB_LIMITS, HOUR, MINUTE } from './ForgeLimits';
import { afterAnswer, ForgeStanding } from './ForgeStanding';
import { ForgeUsage, nextRequestAt } from './nextRequestAt';

const NOW = 10_000_000;
const READ = forgeCost('GET', '/repos/a/b');
const WRITE = forgeCost('POST', '/repos/a/b/pulls');
const SEARCH = forgeCost('GET', '/search/code?q=x');
const FRESH: ForgeStanding = { strikes: 0 };
const IDLE: ForgeUsage = {
  standing: FRESH,
  inFlight: 0,
  contentInFlight: false,
  searchInFlight: false,
  points: 0,
};

describe('forgeCost', () => {
  it.each([
    ['GET', '/repos/a/b', 1, false, false],
    ['head', '/repos/a/b', 1, false, false],
    ['POST', '/repos/a/b/pulls', 5, true, false],
    ['PATCH', '/repos/a/b/pulls/1', 5, true, false],
    ['DELETE', '/repos/a/b/git/refs/x', 5, true, false],
    ['GET', '/search/code', 1, false, true],
    ['GET', 'https://api.github.com/search/code?q=x', 1, false, true],
    ['GET', '/search/codes', 1, false, false],
  ])('of %s %s is %d points', (method, url, points, content, search) => {
    expect(forgeCost(method, url)).toEqual({ points, content, search });
  });
});

describe('nextRequestAt', () => {
  const told = { remaining: 501, perHour: 5_000, resetAt: NOW + 900 };
  it.each<[string, Partial<ForgeUsage>, typeof READ, number]>([
    ['at once where nothing was asked', {}, WRITE, 0],
    [
      'after a refusal is over',
      { standing: { strikes: 0, blockedUntil: NOW + 7 } },
      READ,
      7,
    ],
    [
      'while more than the reserve is left',
      { standing: { ...FRESH, ...told } },
      READ,
      0,
    ],
    [
      'in the next hour where requests under way reach the reserve',
      { standing: { ...FRESH, ...told }, inFlight: 1 },
      READ,
      900,
    ],
    [
      'when the hour of that count is over',
      { standing: { ...FRESH, ...told, remaining: 0, resetAt: NOW } },
      READ,
      0,
    ],
    ['again soon where 100 are under way', { inFlight: 100 }, READ, 100],
    [
      'when points of the minute fall away',
      { points: 896, oldestPointsAt: NOW - MINUTE + 250 },
      WRITE,
      250,
    ],
    ['a read where a write no longer fits', { points: 896 }, READ, 0],
    ['a write after the one under way', { contentInFlight: true }, WRITE, 100],
    ['a read beside a write', { contentInFlight: true }, READ, 0],
    ['a second after the last write', { lastContentAt: NOW - 400 }, WRITE, 600],
    [
      'when the minute has room',
      { minuteTurnAt: NOW - MINUTE + 5_000 },
      WRITE,
      5_000,
    ],
    [
      'when the hour has room',
      { hourTurnAt: NOW - HOUR + 9_000 },
      WRITE,
      9_000,
    ],
    [
      'a search when the minute has room',
      { searchTurnAt: NOW - 50_000 },
      SEARCH,
      10_000,
    ],
    ['a search after the one under way', { searchInFlight: true }, SEARCH, 100],
  ])('asks %s', (_, usage, cost, wait) => {
    const at = nextRequestAt({ ...IDLE, ...usage }, cost, GITHUB_LIMITS, NOW);
    expect(at - NOW).toBe(wait);
  });
});

describe('afterAnswer', () => {
  const count = (remaining: number, resetAt = NOW) => ({
    remaining,
    perHour: 5_000,
    resetAt,
    refused: false,
  });

  it('counts the lowest remainder of an hour, in whatever order answers come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([9, 8, 7, 6, 5], { minLength: 1 }),
        all => {
          const standing = all.reduce<ForgeStanding>(
            (known, remaining) => afterAnswer(known, count(remaining), NOW),
            FRESH,
          );
          expect(standing.remaining).toBe(Math.min(...all));
        },
      ),
    );
    const next = afterAnswer(
      { ...FRESH, ...count(1) },
      count(99, NOW + 1),
      NOW,
    );
    expect(next.remaining).toBe(99);
    expect(afterAnswer(next, count(1), NOW).remaining).toBe(99);
  });

  it('waits as long as it is told, and longer each time when it is not', () => {
    const refused = { refused: true };
    const told = afterAnswer(FRESH, { refused: true, retryAt: NOW + 5 }, NOW);
    expect(told).toMatchObject({ blockedUntil: NOW + 5, strikes: 0 });
    const once = afterAnswer(FRESH, refused, NOW);
    const twice = afterAnswer(once, refused, NOW);
    expect([once.blockedUntil, twice.blockedUntil]).toEqual([
      NOW + MINUTE,
      NOW + 2 * MINUTE,
    ]);
    expect(afterAnswer(twice, { refused: false }, NOW).strikes).toBe(0);
    // What was said before is not shortened by another answer.
    expect(
      afterAnswer(twice, { refused: true, retryAt: NOW + 1 }, NOW).blockedUntil,
    ).toBe(NOW + 2 * MINUTE);
  });
});

describe('forecastContent', () => {
  it('needs seven hours and six minutes for 4,000 pull requests', () => {
    // 500 in each hour, and the last one has none to wait for after it: eight bursts.
    const end = forecastContent([], 4_000, GITHUB_LIMITS, 0);
    expect(end / HOUR).toBeGreaterThan(7);
    expect(end / HOUR).toBeLessThan(7.2);
  });

  it('keeps every window, with what was asked before', () => {
    const limits = { contentPerMinute: 3, contentPerHour: 7, spacingMs: 900 };
    fc.assert(
      fc.property(
        fc.array(fc.nat(HOUR / 10), { maxLength: 7 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, count) => {
          let last = 0;
          const recent = gaps.map(gap => (last += gap + MINUTE));
          const all = [...recent];
          for (let made = 1; made <= count; made += 1) {
            all.push(forecastContent(recent, made, limits, last));
          }
          const added = all.slice(recent.length);
          for (const at of added) {
            const within = (ms: number) =>
              all.filter(other => other <= at && other > at - ms).length;
            expect(within(MINUTE)).toBeLessThanOrEqual(3);
            expect(within(HOUR)).toBeLessThanOrEqual(7);
            expect(within(900)).toBe(1);
          }
        },
      ),
    );
  });
});
