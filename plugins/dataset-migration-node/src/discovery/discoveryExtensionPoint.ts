import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { DiscoverySource } from './DiscoverySource';

export interface DatasetMigrationDiscoveryExtensionPoint {
  /** Adds sources; what they find is merged with what the catalog knows. */
  addSource(...sources: DiscoverySource[]): void;
}

/** For modules that know consumers of a dataset. */
export const datasetMigrationDiscoveryExtensionPoint =
  createExtensionPoint<DatasetMigrationDiscoveryExtensionPoint>({
    id: 'dataset-migration.discovery',
  });
