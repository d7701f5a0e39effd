import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Fleet } from './Fleet';

export interface DatasetMigrationFleetsExtensionPoint {
  /** Adds fleets; the configuration chooses one by its id. */
  addFleet(...fleets: Fleet[]): void;
}

/** For modules that bring another place where runs execute. */
export const datasetMigrationFleetsExtensionPoint =
  createExtensionPoint<DatasetMigrationFleetsExtensionPoint>({
    id: 'dataset-migration.fleets',
  });
