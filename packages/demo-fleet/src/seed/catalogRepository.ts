import { stringify } from 'yaml';
import { CATALOG_FOLDER } from './fleetPaths';
import type { FleetRepository } from './FleetRepository';
import { readFiles } from './readFiles';

/** Stands in entity files for the URL of the forge, which is known only once it listens. */
const FORGE_URL = '__FORGE_URL__';

/** Path of the location file inside the catalog repository. */
export const LOCATIONS_PATH = 'locations.yaml';

/**
 * The repository `catalog`: people, teams, and one location that lists the `catalog-info.yaml` of
 * every repository that has one, so that the portal needs a single location.
 *
 * @param forgeUrl - base URL of the forge, without a slash at the end
 * @param organization - owner of every repository of the fleet
 */
export async function catalogRepository(
  fleet: readonly FleetRepository[],
  forgeUrl: string,
  organization: string,
): Promise<FleetRepository> {
  const files = new Map<string, Buffer>();
  const targets: string[] = [];
  for (const [path, bytes] of await readFiles(CATALOG_FOLDER)) {
    const text = bytes.toString('utf8').replaceAll(FORGE_URL, forgeUrl);
    files.set(path, Buffer.from(text));
    targets.push(`./${path}`);
  }
  for (const repository of fleet) {
    if (repository.commits.some(c => c.files.has('catalog-info.yaml'))) {
      targets.push(
        `${forgeUrl}/${organization}/${repository.name}/blob/main/catalog-info.yaml`,
      );
    }
  }
  const location = stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: 'demo-fleet',
      description: 'Every catalog file of the demo fleet.',
    },
    spec: { type: 'url', targets },
  });
  files.set(LOCATIONS_PATH, Buffer.from(location));
  return {
    name: 'catalog',
    description: 'People, teams and the list of catalog files.',
    archived: false,
    commits: [
      {
        author: 'Tariq Aziz <tariq.aziz@acme.example>',
        date: '2026-06-20T09:00:00Z',
        message: 'List every catalog file',
        files,
      },
    ],
    branches: new Map(),
  };
}
