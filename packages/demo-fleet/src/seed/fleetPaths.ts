import { resolve } from 'node:path';

/** One folder for each repository of the demo fleet. */
export const FLEET_FOLDER = resolve(__dirname, '../../fleet');

/** People, teams and the entities that no repository can hold. */
export const CATALOG_FOLDER = resolve(__dirname, '../../catalog');

/** What has to come out for each repository, written by hand. */
export const MANIFEST_FILE = resolve(__dirname, '../../manifest.yaml');
