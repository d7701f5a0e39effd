import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Larger files are data; `SKIPPED` folders are nobody's source. */
const MAX_BYTES = 2_000_000;
const SKIPPED = new Set(['.git', 'node_modules', 'dbt_packages']);

/** Every file of a checkout, with its path from the root. */
export async function readFiles(
  root: string,
): Promise<Array<{ path: string; content: Buffer }>> {
  const files: Array<{ path: string; content: Buffer }> = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) {
        await walk(full);
      } else if (entry.isFile() && (await stat(full)).size <= MAX_BYTES) {
        files.push({
          path: path.relative(root, full),
          content: await readFile(full),
        });
      }
    }
  };
  await walk(root);
  return files;
}
