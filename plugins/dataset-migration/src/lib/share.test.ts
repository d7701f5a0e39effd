import fc from 'fast-check';
import { share } from './share';

describe('share', () => {
  it('says the numbers and the percentage', () => {
    expect(share(7, 8)).toBe('7 of 8 (88 %)');
    expect(share(0, 0)).toBe('0 of 0');
  });

  it('says 100 % only of all, and 0 % only of none', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), (part, rest) => {
        fc.pre(part + rest > 0);
        const text = share(part, part + rest);
        expect(text.includes('(100 %)')).toBe(rest === 0);
        expect(text.includes('(0 %)')).toBe(part === 0);
      }),
    );
  });
});
