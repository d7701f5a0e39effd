import { lstat } from 'fs/promises';
import { join } from 'path';
import { Finding } from 'backstage-plugin-dataset-migration-common';
import {
  isBinary,
  LFS_POINTER,
  MAX_FILE_BYTES,
  skippedFinding,
} from '../../source/readFiles';
import { openPlainFile } from './openPlainFile';

export interface RepositoryFile {
  /** Relative to the root, with `/`. */
  path: string;
  mode: '100644' | '100755';
  content: Buffer;
}

/** A file, why it is skipped, or nothing for what cannot hold a use. */
export async function readPlainFile(
  root: string,
  path: string,
): Promise<RepositoryFile | Finding | undefined> {
  try {
    const entry = await lstat(join(root, path));
    if (entry.isSymbolicLink()) {
      return skippedFinding(
        'SYMLINK_SKIPPED',
        path,
        'The file is a symbolic link; it was not followed.',
        'info',
      );
    }
    if (entry.isDirectory()) {
      return skippedFinding(
        'SUBMODULE_SKIPPED',
        path,
        'The directory is another repository; it was not looked at.',
        'info',
      );
    }
    if (!entry.isFile()) {
      return undefined;
    }
    const handle = await openPlainFile(root, path);
    if (!handle) {
      return skippedFinding(
        'SYMLINK_SKIPPED',
        path,
        'A directory on the way to the file is a symbolic link; it was not followed.',
        'info',
      );
    }
    try {
      const { size, mode } = await handle.stat();
      if (size > MAX_FILE_BYTES) {
        return skippedFinding(
          'FILE_TOO_LARGE',
          path,
          `The file has ${size} bytes; it was not looked at.`,
        );
      }
      return kept(path, mode, await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Deleted from the work tree, but not from what git lists.
    return code === 'ENOENT'
      ? undefined
      : skippedFinding(
          'FILE_NOT_READABLE',
          path,
          `The file could not be read (${code ?? error}).`,
        );
  }
}

function kept(
  path: string,
  mode: number,
  content: Buffer,
): RepositoryFile | Finding | undefined {
  if (content.subarray(0, LFS_POINTER.length).equals(LFS_POINTER)) {
    return skippedFinding(
      'LFS_POINTER',
      path,
      'The file is kept in Git LFS; its content was not looked at.',
    );
  }
  return isBinary(content)
    ? undefined
    : { path, mode: mode & 0o100 ? '100755' : '100644', content };
}
