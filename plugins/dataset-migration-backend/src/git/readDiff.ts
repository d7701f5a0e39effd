import { LocalRepository } from './LocalRepository';

/** One file that differs between two trees. */
export interface TreeChange {
  oldMode: string;
  newMode: string;
  oldBlob: string;
  newBlob: string;
  /** `A`, `M`, `D`, `T`. Renames are a deletion and an addition. */
  status: string;
  path: string;
}

/** Compares two trees (or commits), file by file. */
export async function readDiff(
  local: LocalRepository,
  from: string,
  to: string,
): Promise<TreeChange[]> {
  const output = await local.run([
    'diff-tree',
    '--raw',
    '-z',
    '-r',
    '--no-renames',
    '--full-index',
    from,
    to,
  ]);
  return parseRawDiff(output.toString('utf8'));
}

/** Parses `git diff-tree --raw -z`. */
export function parseRawDiff(raw: string): TreeChange[] {
  const parts = raw.split('\0');
  const changes: TreeChange[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [oldMode, newMode, oldBlob, newBlob, status] = parts[index]
      .replace(/^:/, '')
      .split(' ');
    changes.push({
      oldMode,
      newMode,
      oldBlob,
      newBlob,
      status: status[0],
      path: parts[index + 1],
    });
  }
  return changes;
}
