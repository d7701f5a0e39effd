import fc from 'fast-check';
import { keysFor } from './keysFor';

describe('keysFor', () => {
  it('lets rows of few tables meet often', () => {
    expect(keysFor({ rows: 100, instances: 2, lean: false })).toBe(3);
  });

  it('gives every row a key of its own where rows took too long', () => {
    expect(keysFor({ rows: 100, instances: 2, lean: true })).toBe(100);
  });

  it('bounds what comes out of the joins of many tables', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 4, max: 24 }),
        (rows, instances) => {
          const keys = keysFor({ rows, instances, lean: false });
          expect((rows / keys) ** instances).toBeLessThanOrEqual(10_001);
        },
      ),
    );
  });
});
