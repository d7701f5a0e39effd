import { realpath, stat } from 'fs/promises';
import { InputError } from '@backstage/errors';
import {
  belongsToTarget,
  Finding,
} from 'backstage-plugin-dataset-migration-common';
import { skippedFinding } from '../../source/readFiles';
import { isSafePath } from '../../source/TreeEntry';
import { listPaths } from './listPaths';
import { readPlainFile, RepositoryFile } from './readPlainFile';

const MAX_FILES = 200_000;
const MAX_TOTAL_BYTES = 512 * 1024 * 1024;

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
      ? await readPlainFile(root, path)
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
