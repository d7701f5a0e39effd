export * from './DatasetMigrationApi';
export * from './datasetMigrationApiRef';
export * from './createDatasetMigrationApi';
