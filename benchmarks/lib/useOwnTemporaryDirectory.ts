import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** For what is started from here on, so that nothing of it stays when it is interrupted. */
export async function useOwnTemporaryDirectory(): Promise<{
  path: string;
  remove(): Promise<void>;
}> {
  const before = process.env.TMPDIR;
  const directory = await mkdtemp(path.join(os.tmpdir(), 'benchmark-'));
  // The database server runs as a user of its own.
  await chmod(directory, 0o755);
  process.env.TMPDIR = directory;
  return {
    path: directory,
    remove: async () => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      await rm(directory, { recursive: true, force: true });
    },
  };
}
