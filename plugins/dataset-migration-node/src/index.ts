/**
 * Extension points and permission rules of dataset migrations.
 *
 * @packageDocumentation
 */
export * from './discovery/DiscoverySource';
export * from './discovery/discoveryExtensionPoint';
export * from './discovery/PendingSource';
export * from './discovery/pendingSourcesExtensionPoint';
export * from './fleet/Fleet';
export * from './fleet/fleetsExtensionPoint';
export * from './permissions/targetResourceRef';
export * from './permissions/targetPermissionRules';
