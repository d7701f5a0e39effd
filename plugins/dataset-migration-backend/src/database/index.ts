export * from './records';
export * from './stores';
export * from './createStores';
export * from './migrateDatabase';
