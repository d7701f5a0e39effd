import { ReactElement } from 'react';
import { Entity } from '@backstage/catalog-model';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import {
  PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import { TestApiProvider, wrapInTestApp } from '@backstage/test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { render } from '@testing-library/react';
import { createDatasetMigrationApi, datasetMigrationApiRef } from '../api';
import { FakeMigrationServer } from './FakeMigrationServer';

const DATASET: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'user-activity', namespace: 'default' },
  spec: { type: 'dataset', owner: 'group:default/lake' },
};

/** Draws a screen as a portal does, with the real client over a server in memory. */
export function renderWithServer(
  element: ReactElement,
  options: {
    server: FakeMigrationServer;
    path?: string;
    /** Names of permissions that the person does not have. */
    denied?: string[];
  },
) {
  const api = createDatasetMigrationApi({
    discoveryApi: {
      getBaseUrl: async () => 'http://plugin.example/api/dataset-migration',
    },
    fetchApi: { fetch: options.server.fetch },
  });
  const permissionApi: PermissionApi = {
    authorize: async request => ({
      result: options.denied?.includes(request.permission.name)
        ? AuthorizeResult.DENY
        : AuthorizeResult.ALLOW,
    }),
  };
  return render(
    wrapInTestApp(
      <TestApiProvider
        apis={[
          [datasetMigrationApiRef, api],
          [permissionApiRef, permissionApi],
        ]}
      >
        <EntityProvider entity={DATASET}>{element}</EntityProvider>
      </TestApiProvider>,
      {
        mountedRoutes: {
          '/catalog/:namespace/:kind/:name': entityRouteRef,
        },
        routeEntries: [options.path ?? '/'],
      },
    ),
  );
}
