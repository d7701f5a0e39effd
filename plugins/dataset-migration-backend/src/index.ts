/**
 * Backend of dataset migrations: discovery, orchestration, forge, API.
 *
 * @packageDocumentation
 */
export { datasetMigrationPlugin as default } from './plugin';
export { walkConsumers } from './discovery/walkConsumers';
export type { WalkedConsumer, WalkOptions } from './discovery/walkConsumers';
export type { CatalogReader } from './discovery/CatalogReader';
export { resolveRelations, DEFAULT_RELATIONS } from './discovery/relations';
