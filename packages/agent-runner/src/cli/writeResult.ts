import { rename, writeFile } from 'fs/promises';

/** Writes JSON so that a reader sees all of it or nothing. */
export async function writeResult(path: string, value: unknown): Promise<void> {
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await rename(part, path);
}
