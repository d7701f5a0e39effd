import fc from 'fast-check';
import { anyLineage, someTargets } from './__testUtils__/arbitraries';
import { orderTargets } from './orderTargets';
import { FailedTarget, rerunAfterFix } from './rerunAfterFix';
import { rollbackOrder } from './rollbackOrder';

describe('rollbackOrder', () => {
  const targets = ['raw', 'mart', 'report'].map(id => ({ id }));
  const lineage = [
    { producer: 'raw', reader: 'mart' },
    { producer: 'mart', reader: 'report' },
  ];

  it('takes readers back before their producers', () => {
    expect(rollbackOrder({ targets, lineage }).ids).toEqual([
      'report',
      'mart',
      'raw',
    ]);
  });

  it('of a wave, carries the order through what stays', () => {
    expect(
      rollbackOrder({ targets, lineage, only: ['raw', 'report', 'other'] }).ids,
    ).toEqual(['report', 'raw']);
  });

  it('is the reverse of the rollout, of everything and of a part', () => {
    fc.assert(
      fc.property(someTargets, anyLineage, fc.nat(45), (all, edges, n) => {
        const options = { targets: all, lineage: edges };
        const forward = orderTargets(options).ids;
        expect(rollbackOrder(options).ids.reverse()).toEqual(forward);
        const only = all.slice(0, n).map(each => each.id);
        expect(rollbackOrder({ ...options, only }).ids.reverse()).toEqual(
          forward.filter(id => only.includes(id)),
        );
      }),
    );
  });
});

describe('rerunAfterFix', () => {
  const failed = (
    id: string,
    signature: string | undefined,
    rest: Partial<FailedTarget> = {},
  ): FailedTarget => ({
    id,
    state: 'ended',
    outcome: 'failed',
    signature,
    ...rest,
  });

  it('runs again only what failed alike', () => {
    const plan = rerunAfterFix(
      [
        failed('e', 'CHECK:lint'),
        failed('d', 'PARSE', { state: 'simulated', outcome: undefined }),
        failed('c', 'PARSE', { outcome: 'skipped' }),
        failed('b', 'PARSE', { outcome: 'rolled-back' }),
        failed('a', 'PARSE'),
        failed('f', undefined),
        failed('g', 'PARSE', { state: 'open', outcome: undefined }),
        failed('h', '__proto__'),
      ],
      ['PARSE'],
    );
    expect(plan.rerun).toEqual([
      { id: 'a', event: 'retry' },
      { id: 'b', event: 'retry' },
      { id: 'd', event: 'simulate' },
    ]);
    expect(plan.left).toEqual(['c', 'g']);
    expect(Object.entries(plan.others)).toEqual([
      ['CHECK:lint', 1],
      ['__proto__', 1],
    ]);
  });

  it('runs nothing again when nothing was fixed', () => {
    expect(rerunAfterFix([failed('a', 'PARSE')], [])).toEqual({
      rerun: [],
      left: [],
      others: { PARSE: 1 },
    });
  });
});
