import { Route } from 'react-router-dom';
import { createApp } from '@backstage/app-defaults';
import { Entity } from '@backstage/catalog-model';
import { AppRouter, FlatRoutes } from '@backstage/core-app-api';
import { createApiFactory, fetchApiRef } from '@backstage/core-plugin-api';
import {
  CatalogEntityPage,
  CatalogIndexPage,
  EntityLayout,
  EntitySwitch,
  isResourceType,
} from '@backstage/plugin-catalog';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from './__testUtils__/FakeMigrationServer';
import {
  datasetMigrationApiRef,
  datasetMigrationPlugin,
  EntityMigrationContent,
  MigrationPage,
} from '.';

jest.setTimeout(60_000);

const DATASET: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'user-activity', namespace: 'default' },
  spec: { type: 'dataset', owner: 'group:default/lake' },
};

/** An app of the classic frontend system, put together as docs/install.md says. */
function renderClassicApp(server: FakeMigrationServer, path: string) {
  window.history.replaceState({}, '', path);
  const app = createApp({
    configLoader: async () => [
      {
        context: 'test',
        data: {
          app: { title: 'Portal', baseUrl: 'http://localhost' },
          backend: { baseUrl: 'http://localhost:7007' },
          permission: { enabled: false },
        },
      },
    ],
    apis: [
      createApiFactory(fetchApiRef, { fetch: server.fetch }),
      createApiFactory(catalogApiRef, catalogApiMock({ entities: [DATASET] })),
    ],
  });
  const entityPage = (
    <EntitySwitch>
      <EntitySwitch.Case if={isResourceType('dataset')}>
        <EntityLayout>
          <EntityLayout.Route path="/" title="Overview">
            <p>About the dataset</p>
          </EntityLayout.Route>
          <EntityLayout.Route path="/migration" title="Migration">
            <EntityMigrationContent />
          </EntityLayout.Route>
        </EntityLayout>
      </EntitySwitch.Case>
    </EntitySwitch>
  );
  const App = app.createRoot(
    <AppRouter>
      <FlatRoutes>
        <Route path="/catalog" element={<CatalogIndexPage />} />
        <Route
          path="/catalog/:namespace/:kind/:name"
          element={<CatalogEntityPage />}
        >
          {entityPage}
        </Route>
        <Route path="/dataset-migration" element={<MigrationPage />} />
      </FlatRoutes>
    </AppRouter>,
  );
  return render(<App />);
}

describe('the classic plugin', () => {
  it('brings its client along', () => {
    const provided = [...datasetMigrationPlugin.getApis()].map(
      factory => factory.api.id,
    );
    expect(provided).toEqual([datasetMigrationApiRef.id]);
  });

  it('shows the migrations page at its path, with a link to the tab of a dataset', async () => {
    const server = new FakeMigrationServer();
    renderClassicApp(server, '/dataset-migration');

    expect(
      await screen.findByRole('heading', { name: 'Dataset migrations' }),
    ).toBeInTheDocument();
    const migration = await screen.findByRole('link', {
      name: 'User activity v1 → v2',
    });
    expect(migration).toHaveAttribute(
      'href',
      '/catalog/default/resource/user-activity/migration',
    );
    expect(server.made('GET', '/migrations')).not.toHaveLength(0);

    await userEvent.click(screen.getByRole('tab', { name: 'Campaigns' }));
    expect(await screen.findByText('No campaigns yet')).toBeInTheDocument();
    expect(server.made('GET', '/campaigns')).not.toHaveLength(0);
  });

  it('shows the Migration tab on the page of a dataset', async () => {
    const server = new FakeMigrationServer();
    renderClassicApp(server, '/catalog/default/resource/user-activity');

    await userEvent.click(
      await screen.findByRole('tab', { name: 'Migration' }),
    );
    expect(
      await screen.findByText('User activity v1 → v2'),
    ).toBeInTheDocument();
    expect(
      server.made('GET', '/dataset-overview')[0].query.get('dataset'),
    ).toBe('resource:default/user-activity');
  });
});
