import { parseAllDocuments } from 'yaml';
import { catalogRepository } from './catalogRepository';
import type { ManifestTarget } from './DemoManifest';
import type { FleetRepository } from './FleetRepository';
import { readFleet } from './readFleet';
import { readManifest } from './readManifest';

interface Entity {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { owner?: string; memberOf?: string[]; dependsOn?: string[] };
}

const USER_ACTIVITY = 'resource:default/user-activity-v1';

function contentOf(repository: FleetRepository): Map<string, Buffer> {
  return new Map(repository.commits.flatMap(c => [...c.files]));
}

function entitiesIn(bytes: Buffer | undefined): Entity[] {
  return parseAllDocuments(bytes?.toString('utf8') ?? '').map(
    document => document.toJS() as Entity,
  );
}

/** Entities of the whole fleet by reference, with the repository that holds each. */
async function readEntities(fleet: FleetRepository[]) {
  const entities = new Map<string, Entity & { repository: string }>();
  const catalog = await catalogRepository(fleet, 'http://forge', 'demo');
  for (const repository of [...fleet, catalog]) {
    for (const [path, bytes] of contentOf(repository)) {
      if (/(^catalog-info|^org|^unplaced)\.yaml$/.test(path)) {
        for (const entity of entitiesIn(bytes)) {
          const ref = `${entity.kind.toLowerCase()}:default/${
            entity.metadata.name
          }`;
          expect(entities.has(ref)).toBe(false);
          entities.set(ref, { ...entity, repository: repository.name });
        }
      }
    }
  }
  return entities;
}

function count(targets: ManifestTarget[], outcome: string): number {
  return targets.filter(t => t.outcome === outcome).length;
}

describe('manifest.yaml', () => {
  it('names every repository of the fleet', async () => {
    const [fleet, manifest] = await Promise.all([readFleet(), readManifest()]);
    const named = new Set([
      ...manifest.other,
      ...manifest.targets.map(t => t.repository),
    ]);
    expect([...named].sort()).toEqual(
      [...fleet.map(r => r.name), 'catalog'].sort(),
    );
    expect(fleet.length).toBeGreaterThanOrEqual(26);
  });

  it('has one target for each entity that points at a migrating dataset', async () => {
    const manifest = await readManifest();
    const entities = await readEntities(await readFleet());
    const pointing: string[] = [];
    for (const [ref, entity] of entities) {
      for (const dataset of entity.spec.dependsOn ?? []) {
        pointing.push(`${ref} ${dataset}`);
      }
    }
    const known = manifest.targets.filter(t => t.discovered === 'catalog');
    expect(known.map(t => `${t.consumer} ${t.dataset}`).sort()).toEqual(
      pointing.sort(),
    );
    for (const target of known) {
      const entity = entities.get(target.consumer ?? '');
      const placed = entity?.metadata.annotations ?? {};
      expect(placed['dataset-migration/paths']).toBe(target.paths?.join(','));
      const holder = placed['backstage.io/source-location']
        ? 'catalog'
        : target.repository;
      expect(entity?.repository).toBe(holder);
    }
  });

  it('has an owner with members for every consumer', async () => {
    const entities = await readEntities(await readFleet());
    const members = new Set<string>();
    for (const entity of entities.values()) {
      for (const group of entity.spec.memberOf ?? []) {
        expect(entities.has(`group:default/${group}`)).toBe(true);
        members.add(`group:default/${group}`);
      }
    }
    const components = [...entities.values()].filter(
      entity => entity.kind === 'Component',
    );
    for (const { spec } of components) {
      expect(members).toContain(spec.owner);
    }
    expect(entities.get('user:default/owner')?.spec.memberOf).toEqual([
      'growth',
      'payments',
      'experience',
      'insights',
      'ads',
    ]);
  });

  it('says what the files say', async () => {
    const [fleet, manifest] = await Promise.all([readFleet(), readManifest()]);
    for (const target of manifest.targets) {
      const repository = fleet.find(r => r.name === target.repository);
      const content = contentOf(repository as FleetRepository);
      const prefix = target.paths?.[0].replace('**', '') ?? '';
      const code = [...content]
        .filter(([path]) => path.startsWith(prefix))
        .filter(([path]) => /\.(sql|py|scala)$/.test(path))
        .map(([, bytes]) => bytes.toString('utf8'))
        .join('\n');
      const names =
        target.dataset === USER_ACTIVITY
          ? /user_activity_(v1|\*)|UserActivityV1/
          : /orders_v1/;
      expect([target.repository, names.test(code)]).toEqual([
        target.repository,
        target.outcome !== 'not-affected',
      ]);
      const evident: Record<string, RegExp> = {
        'outer-join': /\b(left|full)\s+(outer\s+)?join\b/i,
        'select-star': /select \*/i,
        'jinja-conditional': /\{% if /,
        'where-under-aggregate': /count\(\*\)/i,
        window: /over \(/i,
        qualify: /qualify/i,
        crlf: /\r\n/,
        using: /using \(country\)/i,
        judgement: /\bscore\b|select \*/i,
        gone: /\blegacy_id\b|select \*/i,
        merge: /^merge into/im,
        'nested-ref': /dbt_utils\.star\(/,
      };
      for (const feature of target.features) {
        expect(code).toMatch(evident[feature] ?? /^/);
      }
      expect(repository?.archived).toBe(target.features.includes('archived'));
      expect(content.size === 0).toBe(target.features.includes('empty'));
    }
  });

  it('adds up', async () => {
    const { targets, totals } = await readManifest();
    for (const [dataset, total] of Object.entries(totals)) {
      const mine = targets.filter(t => t.dataset === dataset);
      const proved = mine.filter(t => t.proof && t.outcome === 'migrated');
      expect(total).toEqual({
        discovered: mine.length,
        migrated: count(mine, 'migrated'),
        handedOver: count(mine, 'handed-over'),
        notAffected: count(mine, 'not-affected'),
        question: count(mine, 'question'),
        noOwner: count(mine, 'no-owner'),
        unresolved: count(mine, 'unresolved'),
        proved: mine.filter(t => t.proof).length,
        features: Object.fromEntries(
          Object.keys(total.features).map(feature => [
            feature,
            proved.filter(t => t.features.includes(feature)).length,
          ]),
        ),
      });
    }
  });

  it('holds enough of each kind to prove the main job', async () => {
    const { targets, totals } = await readManifest();
    const total = totals[USER_ACTIVITY];
    const mine = targets.filter(t => t.dataset === USER_ACTIVITY);
    expect(total.migrated).toBeGreaterThanOrEqual(12);
    expect(total.features['outer-join']).toBeGreaterThanOrEqual(2);
    expect(total.features['select-star']).toBeGreaterThanOrEqual(2);
    expect(total.features['jinja-conditional']).toBeGreaterThanOrEqual(2);
    expect(total.features['where-under-aggregate']).toBeGreaterThanOrEqual(1);
    const frameworks = (name: string) =>
      mine.filter(t => t.framework === name).length;
    expect(frameworks('sql')).toBeGreaterThanOrEqual(9);
    expect(frameworks('dbt')).toBeGreaterThanOrEqual(7);
    expect(frameworks('python')).toBe(2);
    expect(frameworks('scala')).toBe(2);
    expect(frameworks('airflow')).toBe(1);
  });
});
