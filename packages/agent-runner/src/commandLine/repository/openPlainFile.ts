import { constants } from 'fs';
import { FileHandle, open, realpath } from 'fs/promises';
import { dirname, join } from 'path';

/**
 * Opens a file of a directory for reading, without following a symbolic link on the
 * way to it or at its end.
 *
 * @param root - its real path.
 * @returns undefined where the way leaves the directory or the file is a link.
 */
export async function openPlainFile(
  root: string,
  path: string,
): Promise<FileHandle | undefined> {
  const file = join(root, path);
  try {
    if ((await realpath(dirname(file))) !== dirname(file)) {
      return undefined;
    }
    // Opening a pipe would wait for a writer.
    return await open(
      file,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP' || code === 'ENOTDIR' || code === 'ENXIO') {
      return undefined;
    }
    throw error;
  }
}
