import { lstat, realpath, stat } from 'fs/promises';
import { join } from 'path';
import { InputError } from '@backstage/errors';
import {
  belongsToTarget,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import {
  isBinary,
  LFS_POINTER,
  MAX_FILE_BYTES,
  skippedFinding,
} from '../../source/readFiles';
import { isSafePath } from '../../source/TreeEntry';
import { listPaths } from './listPaths';
import { openPlainFile } from './openPlainFile';

const MAX_FILES = 200_000;
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;

export interface RepositoryFile {
  /** Relative to the root, with `/`. */
  path: string;
  mode: '100644' | '100755';
  content: Buffer;
}

export interface LocalRepository {
  /** The real path of the directory. */
  root: string;
  files: RepositoryFile[];
  /** About files that were not looked at. */
  findings: Finding[];
}

/**
 * The text files of a directory, whether it is a git work tree or not. Symbolic links
 * are never followed; what is skipped and could read the dataset is a finding.
 *
 * @throws InputError where there is no such directory, or too much in it.
 */
export async function readRepository(options: {
  directory: string;
  /** Globs; none means all files. */
  paths: string[];
}): Promise<LocalRepository> {
  const root = await directoryOf(options.directory);
  const files: RepositoryFile[] = [];
  const findings: Finding[] = [];
  let total = 0;
  for (const bytes of await listPaths(root)) {
    const path = bytes.toString('utf8');
    if (!belongsToTarget(path, { paths: options.paths, excludedPaths: [] })) {
      continue;
    }
    const safe = isSafePath(path) && Buffer.from(path, 'utf8').equals(bytes);
    const read = safe
      ? await readFile(root, path)
      : skippedFinding(
          'PATH_UNSAFE',
          undefined,
          `A file's path cannot be used: ${JSON.stringify(
            path.slice(0, 200),
          )}.`,
        );
    if (!read) {
      continue;
    }
    if ('reason' in read) {
      findings.push(read);
      continue;
    }
    files.push(read);
    total += read.content.length;
    if (files.length > MAX_FILES || total > MAX_TOTAL_BYTES) {
      throw new InputError(
        `${options.directory} has more than ${MAX_FILES} text files or ${MAX_TOTAL_BYTES} bytes of them. Narrow it with --paths.`,
      );
    }
  }
  return { root, files, findings };
}

async function directoryOf(directory: string): Promise<string> {
  try {
    const root = await realpath(directory);
    if ((await stat(root)).isDirectory()) {
      return root;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new InputError(
        `The repository ${directory} cannot be read: ${error}`,
      );
    }
    throw new InputError(
      `There is no directory ${directory}. Give --repo a checked-out repository.`,
    );
  }
  throw new InputError(
    `${directory} is no directory. Give --repo a checked-out repository.`,
  );
}

/** A file, why it is skipped, or nothing for what cannot hold a use. */
async function readFile(
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
