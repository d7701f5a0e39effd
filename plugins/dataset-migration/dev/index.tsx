import './styles.css';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  PageBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { UserIdentity } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/core-plugin-api';
import { RiDatabase2Line } from '@remixicon/react';
import plugin, {
  createDatasetMigrationApi,
  datasetMigrationApiRef,
} from '../src';
import { EntityMigration } from '../src/components/EntityMigration/EntityMigration';
import { exampleServer } from './exampleServer';

const server = exampleServer();

const tabPage = PageBlueprint.make({
  name: 'tab',
  params: {
    path: '/',
    title: 'user-activity',
    icon: <RiDatabase2Line />,
    loader: async () => (
      <EntityProvider
        entity={{
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Resource',
          metadata: { name: 'user-activity', namespace: 'default' },
          spec: { type: 'dataset', owner: 'group:default/lake' },
        }}
      >
        <div style={{ padding: 24 }}>
          <EntityMigration />
        </div>
      </EntityProvider>
    ),
  },
});

const exampleApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: datasetMigrationApiRef,
      deps: {},
      factory: () =>
        createDatasetMigrationApi({
          discoveryApi: {
            getBaseUrl: async () =>
              'http://plugin.example/api/dataset-migration',
          },
          fetchApi: { fetch: server.fetch },
        }),
    }),
});

const example = createFrontendModule({
  pluginId: 'dataset-migration',
  extensions: [exampleApi, tabPage],
});

/** There is no backend to sign in at. */
function SignInAsGuest(props: SignInPageProps) {
  const { onSignInSuccess } = props;
  useEffect(() => {
    onSignInSuccess(UserIdentity.createGuest());
  }, [onSignInSuccess]);
  return null;
}

const signIn = createFrontendModule({
  pluginId: 'app',
  extensions: [
    SignInPageBlueprint.make({
      params: { loader: async () => SignInAsGuest },
    }),
  ],
});

const app = createApp({ features: [catalogPlugin, plugin, example, signIn] });
createRoot(document.getElementById('root') as HTMLElement).render(
  app.createRoot(),
);
