import { dirname, resolve } from 'node:path';

const PACKAGE_FOLDER = dirname(require.resolve('demo-fleet/package.json'));

/** One folder for each repository of the demo fleet. */
export const FLEET_FOLDER = resolve(PACKAGE_FOLDER, 'fleet');

/** People, teams and the entities that no repository can hold. */
export const CATALOG_FOLDER = resolve(PACKAGE_FOLDER, 'catalog');

/** What has to come out for each repository, written by hand. */
export const MANIFEST_FILE = resolve(PACKAGE_FOLDER, 'manifest.yaml');
