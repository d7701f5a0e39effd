import fc from 'fast-check';
import { backoffAfter } from './backoff';

describe('backoffAfter', () => {
  it('doubles', () => {
    const options = { backoffMs: 5, maxBackoffMs: 1_000 };
    expect([1, 2, 3].map(each => backoffAfter(each, options))).toEqual([
      5, 10, 20,
    ]);
  });

  it('never shrinks and never passes the most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 60_000 }),
        (attempt, backoffMs) => {
          const options = { backoffMs, maxBackoffMs: 300_000 };
          const wait = backoffAfter(attempt, options);
          expect(wait).toBeGreaterThanOrEqual(backoffMs);
          expect(wait).toBeLessThanOrEqual(300_000);
          expect(backoffAfter(attempt + 1, options)).toBeGreaterThanOrEqual(
            wait,
          );
        },
      ),
    );
  });
});
