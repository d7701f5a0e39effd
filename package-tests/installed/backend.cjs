/** A portal's backend of installed packages. */
const { createBackend } = require('@backstage/backend-defaults');

const backend = createBackend();
for (const name of [
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-catalog-backend-module-scaffolder-entity-model',
  '@backstage/plugin-events-backend',
  '@backstage/plugin-notifications-backend',
  '@backstage/plugin-scaffolder-backend',
  'backstage-plugin-dataset-migration-backend',
  'backstage-plugin-scaffolder-backend-module-dataset-migration',
]) {
  backend.add(Promise.resolve(require(name)));
}
backend.start();
