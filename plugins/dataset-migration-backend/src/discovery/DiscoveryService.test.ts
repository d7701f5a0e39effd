import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parsePlan } from 'backstage-plugin-dataset-migration-common';
import {
  DiscoveredConsumer,
  DiscoverySource,
} from 'backstage-plugin-dataset-migration-node';
import { aJob } from '../testing/aJob';
import { PAGE_VIEWS_PLAN, pageViewsCatalog } from '../testing/pageViews';
import { aMigration, aPlan } from '../testing/records';
import { TargetService } from '../service/TargetService';
import { sqliteStores } from '../testing/sqliteStores';
import { DiscoveryService } from './DiscoveryService';

const HOST = 'forge.example';
const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: HOST, apiBaseUrl: `https://${HOST}/api` }],
    },
  }),
);

function source(id: string, ...found: Array<DiscoveredConsumer | Error>) {
  const discoverySource: DiscoverySource = {
    id,
    async *discover() {
      for (const each of found) {
        if (each instanceof Error) throw each;
        yield each;
      }
    },
  };
  return discoverySource;
}

describe('DiscoveryService', () => {
  const database = sqliteStores();
  const { signal } = new AbortController();
  const migration = aMigration({ dataset: 'resource:default/page-views-v1' });

  async function bench(
    sources: DiscoverySource[] = [],
    more: Entity[] = [],
    planText = PAGE_VIEWS_PLAN,
  ) {
    const stores = await database.create();
    await stores.migrations.create(migration, aPlan());
    const asked: string[] = [];
    const { plan, problems } = parsePlan(planText);
    if (!plan) throw new Error(JSON.stringify(problems));
    const entities = [...pageViewsCatalog(`https://${HOST}/acme`), ...more];
    const service = new DiscoveryService({
      catalog: catalogServiceMock({ entities }),
      integrations,
      targets: stores.targets,
      rollouts: stores.rollouts,
      changes: stores.changes,
      moves: new TargetService({
        stores,
        events: mockServices.events.mock(),
        logger: mockServices.logger.mock(),
      }),
      sources,
      inspector: {
        whyNot: async repository => {
          asked.push(repository);
          return repository.endsWith('attic')
            ? { reason: 'REPOSITORY_ARCHIVED', message: 'It is archived.' }
            : undefined;
        },
      },
      relations: [],
      maxConsumers: 100,
      logger: mockServices.logger.mock(),
    });
    const discover = () =>
      service.discover(migration, plan, aJob().mapping, signal);
    const targets = async () => (await stores.targets.list({}, {})).items;
    return { discover, targets, asked, entities, stores };
  }

  it('keeps every consumer, those it cannot reach with the reason', async () => {
    const { discover, targets } = await bench();
    expect(await discover()).toEqual({
      found: 3,
      added: 3,
      unresolved: 2,
      truncated: false,
      problems: [],
    });
    expect(
      (await targets()).map(each => [each.consumer, each.state]).sort(),
    ).toEqual([
      ['component:default/attic', 'unresolved'],
      ['component:default/lost', 'unresolved'],
      ['component:default/report', 'pending'],
    ]);
  });

  it('adds nothing twice', async () => {
    const { discover, targets } = await bench();
    await discover();
    const before = await targets();
    expect((await discover()).added).toBe(0);
    expect(await targets()).toEqual(before);
  });

  it('takes up a consumer that it can reach now, instead of adding it again', async () => {
    const { discover, targets, entities } = await bench();
    await discover();
    const lost = entities.find(each => each.metadata.name === 'lost');
    const attic = entities.find(each => each.metadata.name === 'attic');
    if (!lost || !attic) throw new Error('The catalog has changed.');
    lost.metadata.annotations = { 'github.com/project-slug': 'acme/found' };
    attic.metadata.annotations = {};
    expect(await discover()).toMatchObject({ found: 3, added: 0 });
    const after = await targets();
    expect(after).toHaveLength(3);
    const byConsumer = new Map(after.map(each => [each.consumer, each]));
    const found = byConsumer.get('component:default/lost');
    expect(found).toMatchObject({
      state: 'pending',
      repository: `${HOST}/acme/found`,
    });
    expect([found?.reason, found?.message]).toEqual([undefined, undefined]);
    expect(byConsumer.get('component:default/attic')).toMatchObject({
      state: 'unresolved',
      reason: 'NO_SOURCE_LOCATION',
    });
    await discover();
    expect(await targets()).toEqual(after);
  });

  function subfolder(name: string, folder: string, repository = 'consumer') {
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          'backstage.io/source-location': `url:https://${HOST}/acme/${repository}/tree/main/${folder}`,
        },
      },
      spec: { type: 'service', lifecycle: 'production', owner: 'reporting' },
      relations: [
        { type: 'dependsOn', targetRef: 'resource:default/page-views-v1' },
      ],
    };
  }
  const REPORT = 'component:default/report';

  /** Not a consumer until it gets its relations. */
  function later(entity: Entity) {
    const { relations } = entity;
    entity.relations = [];
    return { entity, appear: () => Object.assign(entity, { relations }) };
  }

  it('tells known targets which files a later discovery gave to others', async () => {
    const daily = later(subfolder('daily', 'sql/daily/'));
    const { discover, targets } = await bench([], [daily.entity]);
    const report = async () =>
      (await targets()).find(each => each.consumer === REPORT);
    await discover();
    expect(await report()).toMatchObject({ excludedPaths: [] });

    daily.appear();
    expect(await discover()).toMatchObject({ added: 1 });
    const rescoped = await report();
    expect(rescoped).toMatchObject({
      state: 'pending',
      excludedPaths: ['sql/daily/**'],
    });
    await discover();
    expect(await report()).toEqual(rescoped);

    // Its target stays, and so do its files.
    daily.entity.relations = [];
    await discover();
    expect(await report()).toEqual(rescoped);
  });

  it.each([
    ['sql/daily/a.sql', 'simulating'],
    ['sql/report.sql', 'approved'],
  ])(
    'makes a change of %s again only if it holds files of others: %s',
    async (path, state) => {
      const daily = later(subfolder('daily', 'sql/daily/'));
      const { discover, targets, stores } = await bench([], [daily.entity]);
      await discover();
      const report = (await targets()).find(each => each.consumer === REPORT);
      if (!report) throw new Error('There is no report.');
      const change = await stores.changes.add({
        id: 'change-1',
        targetId: report.id,
        runId: 'run-1',
        digest: 'digest',
        baseCommit: 'a'.repeat(40),
        patch: 'cGF0Y2g=',
        files: [{ path, baseBlob: 'b'.repeat(40), added: 1, removed: 1 }],
        uses: [],
        findings: [],
        evidence: [],
        mappingVersion: 1,
        createdAt: 1_000,
      });
      await stores.changes.approve({
        id: 'approval-1',
        targetId: report.id,
        changeId: change.id,
        digest: change.digest,
        decidedBy: 'user:default/olga',
        decidedAt: 1_000,
      });
      await stores.targets.update(report, {
        state: 'approved',
        changeId: change.id,
      });
      daily.appear();
      await discover();

      expect(await stores.targets.get(report.id)).toMatchObject({
        state,
        excludedPaths: ['sql/daily/**'],
      });
      const approval = await stores.changes.currentApproval(report.id);
      expect(approval !== undefined).toBe(state === 'approved');
    },
  );

  it('takes repositories whose names differ only in case for one', async () => {
    const { discover, targets, asked, entities } = await bench(
      [source('code-search', { repository: `${HOST}/ACME/Consumer` })],
      [
        subfolder('daily', 'sql/daily/', 'Consumer'),
        subfolder('twin', 'sql/', 'CONSUMER'),
      ],
    );
    await discover();
    const found = await targets();
    // Its twin has the same files, and code search found no other repository.
    expect(found.map(each => each.consumer).sort()).toEqual([
      'component:default/attic',
      'component:default/daily',
      'component:default/lost',
      'component:default/report',
    ]);
    expect(found.find(each => each.consumer === REPORT)).toMatchObject({
      excludedPaths: ['sql/daily/**'],
      discoveredBy: ['catalog', 'code-search'],
    });
    expect(asked.filter(each => /consumer$/i.test(each))).toHaveLength(1);

    const report = entities.find(each => each.metadata.name === 'report');
    report!.metadata.annotations = {
      'backstage.io/source-location': `url:https://${HOST}/Acme/consumer/tree/main/sql/`,
    };
    expect(await discover()).toMatchObject({ added: 0 });
  });

  it('adds what other sources know, marks what both know, and never removes', async () => {
    const { discover, targets, asked } = await bench([
      source(
        'code-search',
        { repository: `${HOST}/acme/consumer` },
        { repository: `${HOST}/acme/unknown` },
        { repository: `${HOST}/acme/unknown` },
      ),
    ]);
    expect((await discover()).found).toBe(4);
    const byRepository = new Map(
      (await targets()).map(each => [each.repository, each]),
    );
    expect(byRepository.get(`${HOST}/acme/consumer`)).toMatchObject({
      consumer: 'component:default/report',
      discoveredBy: ['catalog', 'code-search'],
    });
    expect(byRepository.get(`${HOST}/acme/unknown`)).toMatchObject({
      discoveredBy: ['code-search'],
      blocked: 'no-owner',
      state: 'pending',
    });
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('says which source failed, and keeps what the others found', async () => {
    const { discover } = await bench([
      source(
        'broken',
        { repository: `${HOST}/acme/a` },
        new Error('No quota.'),
      ),
      source('hostile', { repository: '../../etc/passwd' }),
      source('fine', { repository: `${HOST}/acme/b` }),
    ]);
    const { found, problems } = await discover();
    expect(found).toBe(5);
    expect(problems).toEqual([
      'broken: No quota.',
      'hostile: "../../etc/passwd" is not host/owner/name.',
    ]);
  });

  it('takes consumers that a source knows by their name only', async () => {
    const owned: Entity = {
      ...pageViewsCatalog(`https://${HOST}/acme`)[2],
      metadata: {
        name: 'hidden',
        namespace: 'default',
        annotations: { 'github.com/project-slug': 'acme/hidden' },
      },
      relations: [],
    };
    const { discover, targets } = await bench(
      [
        source(
          'lineage',
          { consumer: 'Component:default/Hidden', depth: 2 },
          { consumer: 'report' },
          { consumer: 'component:default/nowhere' },
          {
            consumer: 'component:default/elsewhere',
            repository: `${HOST}/acme/elsewhere`,
            paths: ['sql/**'],
          },
          { consumer: 'resource:default/page-views-v2' },
        ),
      ],
      [owned],
    );
    expect(await discover()).toMatchObject({ found: 6, problems: [] });
    const byConsumer = new Map(
      (await targets()).map(each => [each.consumer, each]),
    );
    expect(byConsumer.get('component:default/hidden')).toMatchObject({
      owner: 'group:default/reporting',
      repository: `${HOST}/acme/hidden`,
      depth: 2,
      discoveredBy: ['lineage'],
      state: 'pending',
    });
    expect(byConsumer.get('component:default/report')?.discoveredBy).toEqual([
      'catalog',
      'lineage',
    ]);
    expect(byConsumer.get('component:default/nowhere')).toMatchObject({
      state: 'unresolved',
      reason: 'NOT_IN_CATALOG',
    });
    expect(byConsumer.get('component:default/elsewhere')).toMatchObject({
      state: 'pending',
      paths: ['sql/**'],
    });
  });

  it('takes paths from the plan', async () => {
    const { discover, targets } = await bench(
      [],
      [],
      `${PAGE_VIEWS_PLAN}  consumers:
    paths: { 'component:default/report': ['etl/**'] }
`,
    );
    await discover();
    const all = await targets();
    expect(
      all.find(each => each.consumer === 'component:default/report')?.paths,
    ).toEqual(['etl/**']);
  });

  it('learns how critical each is, also later, and who reads whom', async () => {
    const one = subfolder('one', 'sql/one/');
    const two = subfolder('two', 'sql/two/');
    two.relations?.push({
      type: 'dependsOn',
      targetRef: 'resource:default/between',
    });
    const between: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name: 'between' },
      spec: { type: 'dataset' },
      relations: [{ type: 'dependsOn', targetRef: 'component:default/one' }],
    };
    const { discover, targets, stores } = await bench([], [one, two, between]);
    const criticality = async () =>
      (await targets()).find(each => each.consumer === 'component:default/one')
        ?.criticality;
    await discover();
    expect(await criticality()).toBeUndefined();
    Object.assign(one.metadata.annotations, {
      'dataset-migration/criticality': 'High',
    });
    await discover();
    expect(await criticality()).toBe('high');
    expect(await stores.rollouts.lineage('migration-1')).toEqual(
      expect.arrayContaining([
        {
          producer: 'component:default/one',
          reader: 'resource:default/between',
        },
        {
          producer: 'resource:default/between',
          reader: 'component:default/two',
        },
      ]),
    );
  });

  it('leaves out the new version, although it depends on the old', async () => {
    const next: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name: 'page-views-v2', namespace: 'default' },
      spec: { type: 'dataset', owner: 'data-platform' },
      relations: [{ type: 'dependsOn', targetRef: migration.dataset }],
    };
    expect((await (await bench([], [next])).discover()).found).toBe(3);
  });
});
