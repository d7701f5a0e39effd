import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { PendingSource } from 'backstage-plugin-dataset-migration-node';
import { sqliteStores } from '../testing/sqliteStores';
import { PendingScan } from './PendingScan';

function dataset(name: string, current?: string, target?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        ...(current && { 'dataset-migration/current-version': current }),
        ...(target && { 'dataset-migration/target-version': target }),
      },
    },
    spec: { type: 'dataset', owner: 'team' },
  };
}

function source(id: string, ...names: string[]): PendingSource {
  return {
    id,
    async *list() {
      for (const name of names) {
        if (name === 'broken') throw new Error('The registry is down.');
        yield { dataset: name, currentVersion: '1', targetVersion: '2' };
      }
    },
  };
}

describe('PendingScan', () => {
  const database = sqliteStores();
  const { signal } = new AbortController();

  async function bench(entities: Entity[], sources: PendingSource[] = []) {
    const { pending: store } = await database.create();
    const events = mockServices.events.mock();
    const logger = mockServices.logger.mock();
    const asked: string[] = [];
    const scan = async () => {
      const found = await new PendingScan({
        catalog: catalogServiceMock({ entities }),
        store,
        events,
        sources,
        logger,
        prepareDraft: async ref => {
          asked.push(ref);
          if (ref.endsWith('unreadable')) throw new Error('No plan there.');
          return ref.endsWith('planless') ? undefined : `draft of ${ref}`;
        },
      }).scan(signal);
      return found.map(each => each.dataset).sort();
    };
    return { store, events, logger, asked, scan };
  }

  it('finds datasets with two versions that differ, page by page', async () => {
    const { scan } = await bench([
      dataset('same', '1', '1'),
      dataset('none'),
      dataset('half', '1'),
      ...Array.from({ length: 501 }, (_, index) =>
        dataset(`d${index}`, '1', '2'),
      ),
    ]);
    const found = await scan();
    expect(found).toHaveLength(501);
    expect(found).not.toContain('resource:default/same');
  });

  it('lists those without a plan, and those whose plan cannot be read', async () => {
    const { scan, store, events } = await bench([
      dataset('fine', '1', '2'),
      dataset('planless', '1', '2'),
      dataset('unreadable', '1', '2'),
    ]);
    await scan();
    const listed = Object.fromEntries(
      (await store.list()).map(each => [each.dataset, each]),
    );
    expect(listed['resource:default/fine'].migrationId).toMatch(/^draft of/);
    expect(listed['resource:default/planless'].problem).toBeUndefined();
    expect(listed['resource:default/unreadable'].problem).toBe(
      'No plan there.',
    );
    expect(events.publish).toHaveBeenCalledTimes(3);
  });

  it('forgets what is over, keeps when it saw the rest first, and says it again', async () => {
    const entities = [dataset('a', '1', '2'), dataset('b', '1', '2')];
    const { scan, store, events } = await bench(entities);
    await scan();
    const first = (await store.list())[0].firstSeenAt;
    await new Promise(resolve => setTimeout(resolve, 5));
    entities[1].metadata.annotations = {};
    expect(await scan()).toEqual(['resource:default/a']);
    expect((await store.list())[0].firstSeenAt).toBe(first);
    expect(events.publish).toHaveBeenCalledTimes(3);
  });

  it('asks the other sources when one fails, and forgets nothing then', async () => {
    const sources = [
      source('down', 'Known'),
      source('up', 'resource:default/other'),
    ];
    const { scan, logger, asked } = await bench([], sources);
    const all = ['resource:default/known', 'resource:default/other'];
    expect(await scan()).toEqual(all);
    sources[0] = source('down', 'broken');
    await new Promise(resolve => setTimeout(resolve, 5));
    expect(await scan()).toEqual(all);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('failed'),
      expect.objectContaining({ source: 'down' }),
    );
    expect(asked).toEqual([...all, all[1]]);
  });
});
