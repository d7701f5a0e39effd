import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthenticator,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';

/**
 * Adds an auth provider for each user in `datasetMigrationDemo.users`, so that the demo
 * can be used as an engineer, an owner or an admin. Like the guest provider, it refuses to
 * start outside development: whoever reaches it can become any of these users.
 */
export const demoSignInModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'demo-sign-in',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, providers }) {
        const users =
          config.getOptionalConfigArray('datasetMigrationDemo.users') ?? [];
        if (users.length > 0 && process.env.NODE_ENV !== 'development') {
          throw new Error(
            'datasetMigrationDemo.users lets anybody sign in and works in development only. Remove it from the configuration.',
          );
        }
        for (const user of users) {
          const entityRef = user.getString('userEntityRef');
          providers.registerProvider({
            providerId: user.getString('provider'),
            factory: createProxyAuthProviderFactory({
              authenticator: createProxyAuthenticator({
                defaultProfileTransform: async () => ({ profile: {} }),
                initialize: () => undefined,
                authenticate: async () => ({ result: {} }),
              }),
              signInResolver: (_info, context) =>
                context.signInWithCatalogUser({ entityRef }),
            }),
          });
        }
      },
    });
  },
});
