import { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  ApiTransport,
  DatasetMigrationApiClient,
} from 'backstage-plugin-dataset-migration-common';
import { DatasetMigrationApi } from './DatasetMigrationApi';

/** The generated client, with the signed-in user's token on every call. */
export function createDatasetMigrationApi(deps: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): DatasetMigrationApi {
  return new DatasetMigrationApiClient(
    new ApiTransport({
      fetch: deps.fetchApi.fetch,
      getBaseUrl: () => deps.discoveryApi.getBaseUrl('dataset-migration'),
    }),
  );
}
