import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { DEFAULT_RELATIONS, resolveRelations } from './relations';
import {
  normaliseDatasetRef,
  walkConsumers,
  WalkOptions,
} from './walkConsumers';

const DATASET = 'resource:default/events';

function component(name: string, ...dependsOn: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default' },
    spec: { type: 'service', owner: 'team' },
    relations: dependsOn.map(targetRef => ({ type: 'dependsOn', targetRef })),
  };
}

async function walk(entities: Entity[], changes: Partial<WalkOptions> = {}) {
  const catalog = catalogServiceMock({ entities });
  const asked = jest.spyOn(catalog, 'queryEntities');
  const consumers = catalogWalk(catalog, changes);
  const found: Array<[string, number]> = [];
  for (;;) {
    const step = await consumers.next();
    if (step.done) {
      const { truncated } = step.value;
      return { found, truncated, queries: asked.mock.calls };
    }
    for (const { entity, depth } of step.value) {
      found.push([entity.metadata.name, depth]);
    }
  }
}

function catalogWalk(
  catalog: ReturnType<typeof catalogServiceMock>,
  changes: Partial<WalkOptions>,
) {
  return walkConsumers(catalog, {
    dataset: DATASET,
    relations: resolveRelations(DEFAULT_RELATIONS, []),
    depth: 1,
    maxConsumers: 1_000,
    ...changes,
  });
}

const ref = (name: string) => `component:default/${name}`;

describe('walkConsumers', () => {
  const chain = [
    component('a', DATASET),
    component('b', ref('a')),
    component('c', ref('b')),
  ];

  it('stops at the depth it is given', async () => {
    expect((await walk(chain)).found).toEqual([['a', 1]]);
    expect((await walk(chain, { depth: 2 })).found).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    expect((await walk(chain, { depth: 9 })).found).toHaveLength(3);
  });

  it('comes to an end in cycles and finds each consumer once, at its shortest distance', async () => {
    const { found, truncated } = await walk(
      [
        component('a', DATASET, ref('a'), ref('d')),
        component('b', DATASET),
        component('c', ref('a'), ref('b')),
        component('d', ref('c')),
      ],
      { depth: 10 },
    );
    expect(found).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 2],
      ['d', 3],
    ]);
    expect(truncated).toBe(false);
  });

  it('never gives the dataset itself, nor what is excluded', async () => {
    const self: Entity = {
      ...component('events', DATASET),
      kind: 'Resource',
    };
    const { found } = await walk(
      [self, ...chain, component('sandbox-x', DATASET)],
      {
        depth: 3,
        excludeRefs: ['Component:default/B'],
        exclude: [{ 'metadata.name': { $hasPrefix: 'sandbox-' } }],
      },
    );
    expect(found).toEqual([['a', 1]]);
  });

  it('walks other relations than dependsOn, and only those it is given', async () => {
    const part = component('part');
    part.relations = [{ type: 'partOf', targetRef: DATASET }];
    expect((await walk([part])).found).toEqual([]);
    const relations = resolveRelations(['partOf'], []);
    expect((await walk([part], { relations })).found).toEqual([['part', 1]]);
  });

  it('reads page after page', async () => {
    const many = Array.from({ length: 1_201 }, (_, index) =>
      component(`c${index}`, DATASET),
    );
    const { found, truncated, queries } = await walk(many, {
      maxConsumers: 5_000,
    });
    expect(new Set(found.map(([name]) => name)).size).toBe(1_201);
    expect(truncated).toBe(false);
    expect(queries).toHaveLength(3);
  });

  it('says so when it was cut short, and only then', async () => {
    const many = Array.from({ length: 20 }, (_, index) =>
      component(`c${index}`, DATASET),
    );
    const cut = await walk(many, { maxConsumers: 19 });
    expect(cut.found).toHaveLength(19);
    expect(cut.truncated).toBe(true);
    expect((await walk(many, { maxConsumers: 20 })).truncated).toBe(false);
  });

  it('asks for no more at once than the catalog takes', async () => {
    const long = (index: number) => `${'x'.repeat(55)}-${index}`;
    const many = Array.from({ length: 900 }, (_, index) => ({
      ...component(long(index), DATASET),
      metadata: { name: long(index), namespace: 'n'.repeat(63) },
    }));
    const last = component('last', `component:${'n'.repeat(63)}/${long(899)}`);
    const { found, queries } = await walk([...many, last], {
      depth: 2,
      maxConsumers: 5_000,
    });
    expect(found.at(-1)).toEqual(['last', 2]);
    for (const [request] of queries) {
      expect(JSON.stringify(request).length).toBeLessThan(100_000);
    }
  });

  it('finds the consumers of a dataset whose reference is too long for the index', async () => {
    const name = 'd'.repeat(210);
    const dataset = `resource:default/${name}`;
    const hub: Entity = {
      ...component(name),
      kind: 'Resource',
      relations: [
        { type: 'dependencyOf', targetRef: ref('a') },
        { type: 'dependencyOf', targetRef: ref('sandbox-x') },
        { type: 'dependencyOf', targetRef: ref('gone') },
        { type: 'ownedBy', targetRef: ref('b') },
      ],
    };
    const { found, queries } = await walk(
      [hub, ...chain, component('sandbox-x')],
      {
        dataset,
        exclude: [{ 'metadata.name': { $hasPrefix: 'sandbox-' } }],
      },
    );
    expect(found).toEqual([['a', 1]]);
    expect(queries).toHaveLength(0);
  });

  it('stops when nobody wants the answer any more', async () => {
    await expect(
      walk(chain, { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
  });

  it('spells references as the catalog does', () => {
    expect(normaliseDatasetRef('Events')).toBe(DATASET);
    expect(normaliseDatasetRef('Resource:Default/Events')).toBe(DATASET);
    expect(() => normaliseDatasetRef(':')).toThrow();
  });
});
