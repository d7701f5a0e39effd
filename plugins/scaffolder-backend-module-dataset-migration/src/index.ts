/**
 * Scaffolder actions of dataset migrations, and the template that runs are executed with.
 *
 * @packageDocumentation
 */
export * from './actions';
export type { ActionDependencies } from './api/MigrationApi';
export * from './catalog/catalogModuleDatasetMigrationTemplates';
export * from './scaffolderModuleDatasetMigration';
export { datasetMigrationFeatures as default } from './datasetMigrationFeatures';
