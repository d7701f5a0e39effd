import { useApi } from '@backstage/core-plugin-api';
import { DatasetMigrationApi, datasetMigrationApiRef } from '../api';

export function useMigrationApi(): DatasetMigrationApi {
  return useApi(datasetMigrationApiRef);
}
