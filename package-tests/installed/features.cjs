/** What the installed packages for Node export. */
const names = [
  'backstage-plugin-dataset-migration-backend',
  'backstage-plugin-dataset-migration-common',
  'backstage-plugin-dataset-migration-node',
  'backstage-plugin-scaffolder-backend-module-dataset-migration',
  'dataset-migration-agent-runner',
  'dataset-migration-consumer-codemod',
  'dataset-migration-equivalence',
];
const result = {};
for (const name of names) {
  const loaded = require(name);
  result[name] = {
    place: require.resolve(name),
    feature: loaded.default?.$$type,
    exports: Object.keys(loaded),
  };
}
console.log(JSON.stringify(result));
