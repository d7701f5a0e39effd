import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FLEET_FOLDER } from './fleetPaths';
import type { FleetRepository } from './FleetRepository';
import { readFleetRepository } from './readFleetRepository';

/** Every repository below `fleet/`, by name. */
export async function readFleet(
  folder: string = FLEET_FOLDER,
): Promise<FleetRepository[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter(e => e.isDirectory()).map(e => e.name);
  return Promise.all(
    names.sort().map(name => readFleetRepository(join(folder, name))),
  );
}
