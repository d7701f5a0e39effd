import { resolveRelations } from './relations';

describe('resolveRelations', () => {
  it('knows both names of the relations of the catalog model', () => {
    const walked = { onConsumer: 'dependsOn', onDataset: 'dependencyOf' };
    expect(resolveRelations(['dependsOn'], [])).toEqual([walked]);
    expect(resolveRelations(['dependencyOf', 'dependsOn'], [])).toEqual([
      walked,
    ]);
    expect(resolveRelations(['apiConsumedBy'], [])).toEqual([
      { onConsumer: 'consumesApi', onDataset: 'apiConsumedBy' },
    ]);
  });

  it.each([
    ['to-dataset', { onConsumer: 'reads', onDataset: 'readBy' }],
    ['from-dataset', { onConsumer: 'readBy', onDataset: 'reads' }],
  ] as const)('takes a configured one that points %s', (direction, walked) => {
    const configured = [{ type: 'reads', inverse: 'readBy', direction }];
    expect(resolveRelations(['reads'], configured)).toEqual([walked]);
    expect(resolveRelations(['readBy'], configured)).toEqual([walked]);
  });

  it('refuses one whose direction nobody knows', () => {
    expect(() => resolveRelations(['likes'], [])).toThrow(
      /"likes" has no known direction/,
    );
  });
});
