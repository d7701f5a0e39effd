import fc from 'fast-check';
import { alternativesIn, atomsOf, Condition, evaluate } from './Condition';

const conditions = fc.letrec<{ condition: Condition }>(tie => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'medium' },
    fc.nat({ max: 3 }).map((atom): Condition => ({ kind: 'atom', atom })),
    tie('condition').map((part): Condition => ({ kind: 'not', part })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      )
      .map(([kind, parts]): Condition => ({ kind, parts })),
  ),
})).condition;
const truths = fc.array(fc.constantFrom(true, false, undefined), {
  minLength: 4,
  maxLength: 4,
});

/** With 1 for true, 0 for false and one half for NULL, AND is the least and OR the greatest. */
function byNumbers(condition: Condition, numbers: number[]): number {
  switch (condition.kind) {
    case 'atom':
      return numbers[condition.atom];
    case 'not':
      return 1 - byNumbers(condition.part, numbers);
    case 'and':
      return Math.min(...condition.parts.map(part => byNumbers(part, numbers)));
    case 'or':
      return Math.max(...condition.parts.map(part => byNumbers(part, numbers)));
    default:
      return 1;
  }
}

const asNumber = (truth: boolean | undefined) =>
  truth === undefined ? 0.5 : Number(truth);

describe('evaluate', () => {
  it('follows the three-valued logic of SQL', () => {
    fc.assert(
      fc.property(conditions, truths, (condition, values) => {
        expect(asNumber(evaluate(condition, atom => values[atom]))).toBe(
          byNumbers(condition, values.map(asNumber)),
        );
      }),
    );
  });

  it('hopes for the best of what it does not know', () => {
    const unknown: Condition = { kind: 'unknown' };

    expect(evaluate(unknown, () => false)).toBe(true);
    expect(evaluate({ kind: 'not', part: unknown }, () => false)).toBe(true);
  });
});

describe('alternativesIn', () => {
  it('pairs every atom below an OR with those of its other sides', () => {
    const atom = (index: number): Condition => ({ kind: 'atom', atom: index });
    const condition: Condition = {
      kind: 'and',
      parts: [
        atom(0),
        {
          kind: 'or',
          parts: [atom(1), { kind: 'and', parts: [atom(2), atom(3)] }],
        },
      ],
    };

    expect(atomsOf(condition)).toEqual([0, 1, 2, 3]);
    expect(alternativesIn(condition)).toEqual([
      { atom: 1, others: [2, 3] },
      { atom: 2, others: [1] },
      { atom: 3, others: [1] },
    ]);
  });
});
