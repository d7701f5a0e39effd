export * as Api from '../generated/models';
export { DatasetMigrationApiClient } from '../generated/DatasetMigrationApiClient';
export * from './ApiTransport';
