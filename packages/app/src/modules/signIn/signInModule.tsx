import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () =>
      import('./SignInChoice').then(module => module.SignInChoice),
  },
});

/** Replaces the portal's sign-in page by the choice of the demo's users. */
export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
