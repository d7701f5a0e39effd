import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { PendingSource } from './PendingSource';

export interface DatasetMigrationPendingSourcesExtensionPoint {
  /** Adds sources that the scheduled scan asks beside the catalog's annotations. */
  addSource(...sources: PendingSource[]): void;
}

/** For modules that know datasets with a pending migration. */
export const datasetMigrationPendingSourcesExtensionPoint =
  createExtensionPoint<DatasetMigrationPendingSourcesExtensionPoint>({
    id: 'dataset-migration.pending-sources',
  });
