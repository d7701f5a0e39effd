import { createRouteRef } from '@backstage/core-plugin-api';

/** The page with every migration and campaign. */
export const rootRouteRef = createRouteRef({ id: 'dataset-migration' });

/** The Migration tab of a dataset. */
export const entityContentRouteRef = createRouteRef({
  id: 'dataset-migration:entity-content',
});
