import { Entity } from '@backstage/catalog-model';

/** The dataset that everybody reads. */
export const HUB = 'resource:default/hub';

/** One direct consumer in this many has a consumer of its own. */
const INDIRECT_EVERY = 200;
const TEAMS = 120;

/** Entity reference of a direct consumer, counted from 0. */
export function directRef(index: number): string {
  return `component:default/consumer-${String(index).padStart(5, '0')}`;
}

/** Entity reference of the consumer of a direct consumer, counted from 0. */
export function indirectRef(index: number): string {
  return directRef(index).replace('/consumer-', '/indirect-');
}

/** References of all consumers up to this distance, for a number of direct ones. */
export function expectedRefs(direct: number, depth: 1 | 2): string[] {
  const refs = Array.from({ length: direct }, (_, at) => directRef(at));
  if (depth === 1) return refs;
  for (let at = 0; at < direct; at += INDIRECT_EVERY) {
    refs.push(indirectRef(at));
  }
  return refs;
}

/** The hub, its direct consumers, and consumers of some of those. */
export function catalogEntities(direct: number): Entity[] {
  const entities = [hub()];
  for (let at = 0; at < direct; at += 1) {
    entities.push(component(directRef(at), HUB, at));
    if (at % INDIRECT_EVERY === 0) {
      entities.push(component(indirectRef(at), directRef(at), at));
    }
  }
  return entities;
}

function hub(): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name: 'hub', annotations: location('hub') },
    spec: { type: 'dataset', owner: 'team-0' },
  };
}

/** About as large as entities are that people write. */
function component(ref: string, dependsOn: string, index: number): Entity {
  const name = ref.slice(ref.indexOf('/') + 1);
  const repository = `https://github.example/shop/${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      title: `Consumer ${index}`,
      description: `Reads the hub to answer questions of team ${
        index % TEAMS
      }. It runs nightly, keeps its results for a month and tells its owner when rows are missing.`,
      tags: ['python', 'batch', `tier-${index % 3}`],
      annotations: {
        ...location(name),
        'backstage.io/source-location': `url:${repository}/tree/main/`,
        'backstage.io/techdocs-ref': 'dir:.',
        'github.com/project-slug': `shop/${name}`,
      },
      links: [
        { url: `${repository}/actions`, title: 'Builds' },
        { url: `https://dashboards.example/d/${name}`, title: 'Dashboard' },
      ],
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `team-${index % TEAMS}`,
      dependsOn: [dependsOn],
    },
  };
}

function location(name: string): Record<string, string> {
  const url = `url:https://github.example/shop/${name}/tree/main/catalog-info.yaml`;
  return {
    'backstage.io/managed-by-location': url,
    'backstage.io/managed-by-origin-location': url,
  };
}
