import { randomBytes } from 'crypto';
import { constants } from 'fs';
import { open, realpath, rename, rm } from 'fs/promises';
import { dirname, join } from 'path';
import { ConflictError } from '@backstage/errors';
import { openPlainFile } from './openPlainFile';

/** A file as it was read, and as it shall be. */
export interface FileToWrite {
  path: string;
  before: Buffer;
  after: Buffer;
}

/**
 * Changes files of a directory. All are compared with what was read before any is
 * changed; each is replaced at once, so that a reader sees all of it or nothing, and
 * keeps its permissions. Symbolic links are never written through.
 *
 * @param root - the directory's real path.
 * @throws ConflictError where a file was changed underneath.
 */
export async function writeFiles(
  root: string,
  files: FileToWrite[],
): Promise<void> {
  const parts: Array<{ file: FileToWrite; part: string }> = [];
  try {
    for (const file of files) {
      const mode = await modeIfSame(root, file);
      const part = join(
        dirname(join(root, file.path)),
        `.dataset-migration-${randomBytes(8).toString('hex')}.part`,
      );
      parts.push({ file, part });
      await writeNew(part, file.after, mode);
    }
    for (const { file, part } of parts) {
      await modeIfSame(root, file);
      await rename(part, join(root, file.path));
    }
  } finally {
    for (const { part } of parts) {
      await rm(part, { force: true });
    }
  }
}

/** The file's permissions, if it is still what was read. */
async function modeIfSame(root: string, file: FileToWrite): Promise<number> {
  const changed = (what: string) =>
    new ConflictError(
      `${file.path} ${what} since it was read; run the command again.`,
    );
  let handle;
  try {
    handle = await openPlainFile(root, file.path);
  } catch {
    throw changed('was deleted or cannot be read any more');
  }
  if (!handle) {
    throw changed('was replaced by a symbolic link');
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || !(await handle.readFile()).equals(file.before)) {
      throw changed('was changed');
    }
    return stats.mode & 0o777;
  } finally {
    await handle.close();
  }
}

async function writeNew(
  part: string,
  content: Buffer,
  mode: number,
): Promise<void> {
  const directory = dirname(part);
  if ((await realpath(directory)) !== directory) {
    throw new ConflictError(`${directory} was replaced by a symbolic link.`);
  }
  const handle = await open(
    part,
    constants.O_WRONLY |
      constants.O_CREAT |
      constants.O_EXCL |
      constants.O_NOFOLLOW,
    0o600,
  );
  try {
    await handle.writeFile(content);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
