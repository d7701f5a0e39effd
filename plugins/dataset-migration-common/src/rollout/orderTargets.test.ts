import fc from 'fast-check';
import {
  acyclicLineage,
  anyLineage,
  someTargets,
} from './__testUtils__/arbitraries';
import { orderTargets } from './orderTargets';
import { parseCriticality, RolloutTarget } from './RolloutTarget';

const targets: RolloutTarget[] = [
  { id: 'billing', criticality: 'critical' },
  { id: 'mart', criticality: 'high' },
  { id: 'report', criticality: 'low' },
  { id: 'sandbox', criticality: 'low' },
  { id: 'unsaid' },
];
const lineage = [
  { producer: 'mart', reader: 'report' },
  { producer: 'report', reader: 'report' },
];

describe('orderTargets', () => {
  it.each([
    [undefined, ['sandbox', 'unsaid', 'mart', 'report', 'billing']],
    [
      ['criticality', 'lineage'] as const,
      ['sandbox', 'unsaid', 'mart', 'report', 'billing'],
    ],
    [
      ['lineage', 'criticality'] as const,
      ['sandbox', 'unsaid', 'mart', 'billing', 'report'],
    ],
    [
      ['criticality'] as const,
      ['report', 'sandbox', 'unsaid', 'mart', 'billing'],
    ],
    [['lineage'] as const, ['billing', 'mart', 'sandbox', 'unsaid', 'report']],
    [[] as const, ['billing', 'mart', 'report', 'sandbox', 'unsaid']],
  ])('by %p', (order, ids) => {
    expect(orderTargets({ targets, lineage, order })).toEqual({
      ids,
      cycles: [],
    });
  });

  it('carries the order through what is no target', () => {
    const through = [
      { producer: 'mart', reader: 'table' },
      { producer: 'table', reader: 'view' },
      { producer: 'view', reader: 'sandbox' },
    ];
    expect(orderTargets({ targets, lineage: through }).ids).toEqual([
      'report',
      'unsaid',
      'mart',
      'sandbox',
      'billing',
    ]);
  });

  it('breaks a cycle before its least critical, and reports it', () => {
    const cycle = [
      { producer: 'mart', reader: 'report' },
      { producer: 'report', reader: 'billing' },
      { producer: 'billing', reader: 'mart' },
    ];
    expect(orderTargets({ targets, lineage: cycle })).toEqual({
      ids: ['report', 'sandbox', 'unsaid', 'billing', 'mart'],
      cycles: [
        {
          dropped: { producer: 'mart', reader: 'report' },
          length: 3,
          nodes: ['report', 'billing', 'mart'],
        },
      ],
    });
  });

  it('walks a chain of 20,000 and shows 20 of a cycle', () => {
    const many = Array.from({ length: 20_000 }, (_, n) => ({ id: `${n}` }));
    const ring = many.map((each, n) => ({
      producer: each.id,
      reader: `${(n + 1) % many.length}`,
    }));
    const { ids, cycles } = orderTargets({ targets: many, lineage: ring });
    expect(ids).toEqual(many.map(each => each.id));
    expect(cycles).toHaveLength(1);
    expect(cycles[0].length).toBe(20_000);
    expect(cycles[0].nodes).toHaveLength(20);
  });

  it('has every target once, producers first but for what it reports', () => {
    fc.assert(
      fc.property(someTargets, anyLineage, (all, edges) => {
        const { ids, cycles } = orderTargets({ targets: all, lineage: edges });
        expect([...ids].sort()).toEqual(all.map(each => each.id).sort());
        const places = new Map(ids.map((id, index) => [id, index]));
        const dropped = new Set(
          cycles.map(each => JSON.stringify(each.dropped)),
        );
        const wrong = edges.filter(
          ({ producer, reader }) =>
            producer !== reader &&
            !dropped.has(JSON.stringify({ producer, reader })) &&
            (places.get(producer) ?? -Infinity) >=
              (places.get(reader) ?? Infinity),
        );
        expect(wrong).toEqual([]);
      }),
    );
  });

  it('reports no cycle where there is none', () => {
    fc.assert(
      fc.property(someTargets, acyclicLineage, (all, edges) => {
        const { cycles } = orderTargets({ targets: all, lineage: edges });
        expect(cycles).toEqual([]);
      }),
    );
  });

  it('is the same whatever the order of its input', () => {
    fc.assert(
      fc.property(
        someTargets,
        anyLineage,
        fc.constantFrom(
          ['criticality', 'lineage'] as const,
          ['lineage', 'criticality'] as const,
        ),
        (all, edges, order) => {
          const forward = orderTargets({ targets: all, lineage: edges, order });
          const backward = orderTargets({
            targets: [...all].reverse(),
            lineage: [...edges].reverse(),
            order,
          });
          expect(backward).toEqual(forward);
        },
      ),
    );
  });
});

describe('parseCriticality', () => {
  it.each([
    ['low', 'low'],
    [' Critical ', 'critical'],
    ['tier-1', undefined],
    [undefined, undefined],
  ])('%p is %p', (text, expected) => {
    expect(parseCriticality(text)).toBe(expected);
  });
});
