import { LocalRepository } from './LocalRepository';

/** Blob ids of some files in a commit; files that are not there are absent. */
export async function readBlobIds(
  local: LocalRepository,
  commit: string,
  paths: string[],
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (!paths.length) return found;
  const output = await local.run(['ls-tree', '-r', '-z', commit]);
  const wanted = new Set(paths);
  for (const line of output.toString('utf8').split('\0')) {
    const tab = line.indexOf('\t');
    if (tab < 0) continue;
    const path = line.slice(tab + 1);
    if (wanted.has(path)) found.set(path, line.slice(0, tab).split(' ')[2]);
  }
  return found;
}
