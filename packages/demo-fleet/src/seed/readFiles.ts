import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of every file below a folder, by path with `/`, in a stable order; top-level names can be left out. */
export async function readFiles(
  folder: string,
  leaveOut: readonly string[] = [],
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();

  async function visit(prefix: string): Promise<void> {
    const entries = await readdir(join(folder, prefix), {
      withFileTypes: true,
    });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = prefix ? `${prefix}/${entry.name}` : entry.name;
      if (leaveOut.includes(path)) {
        continue;
      }
      if (entry.isDirectory()) {
        await visit(path);
      } else {
        files.set(path, await readFile(join(folder, path)));
      }
    }
  }

  await visit('');
  return files;
}
