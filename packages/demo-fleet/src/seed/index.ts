export { seedFleet } from './seedFleet';
export type { SeedableForge, SeededFleet, SeedFleetOptions } from './seedFleet';
export {
  DEMO_FLEET_PORT,
  SHORT_LIMITS,
  startDemoFleet,
} from './startDemoFleet';
export type { DemoFleet, DemoFleetOptions } from './startDemoFleet';
export { readManifest } from './readManifest';
export type { DemoManifest, ManifestTarget } from './DemoManifest';
export { readFleet } from './readFleet';
export type { FleetCommit, FleetRepository } from './FleetRepository';
export { CATALOG_FOLDER, FLEET_FOLDER, MANIFEST_FILE } from './fleetPaths';
