import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { DemoManifest } from './DemoManifest';
import { MANIFEST_FILE } from './fleetPaths';

/** Reads `manifest.yaml`. */
export async function readManifest(
  file: string = MANIFEST_FILE,
): Promise<DemoManifest> {
  return parse(await readFile(file, 'utf8')) as DemoManifest;
}
