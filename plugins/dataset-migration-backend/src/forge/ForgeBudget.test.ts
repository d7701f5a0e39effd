import fc from 'fast-check';
import { ForgeBudget } from './ForgeBudget';

describe('ForgeBudget', () => {
  it('keeps its distance, its minute and its hour under any arrivals', () => {
    const limits = { perMinute: 5, perHour: 12, spacingMs: 1_000 };
    fc.assert(
      fc.property(fc.array(fc.nat(40_000), { maxLength: 60 }), gaps => {
        const budget = new ForgeBudget(limits);
        const granted: number[] = [];
        let now = 1_000_000;
        for (const gap of gaps) {
          now += gap;
          granted.push(budget.take(now));
        }
        for (const [index, at] of granted.entries()) {
          const before = granted[index - 1] ?? -Infinity;
          expect(at - before).toBeGreaterThanOrEqual(1_000);
          const within = (ms: number) =>
            granted.filter(other => other <= at && other > at - ms).length;
          expect(within(60_000)).toBeLessThanOrEqual(5);
          expect(within(3_600_000)).toBeLessThanOrEqual(12);
        }
      }),
    );
  });

  it('grants at once when nothing was asked before', () => {
    expect(new ForgeBudget().take(5)).toBe(5);
  });

  it('asks without taking', () => {
    const budget = new ForgeBudget({ spacingMs: 10 });
    expect([budget.next(0), budget.next(0)]).toEqual([0, 0]);
    budget.take(0);
    expect(budget.next(0)).toBe(10);
  });
});
