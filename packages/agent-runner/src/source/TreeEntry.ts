import { Source } from './openSource';

/** One file of the commit. */
export interface TreeEntry {
  mode: string;
  type: string;
  blob: string;
  /** Bytes; 0 for what is no blob. */
  size: number;
  path: string;
  /** False where the path cannot be a file of ours: `..`, `.git`, not UTF-8. */
  safe: boolean;
}

/** Every file of the commit, submodules included. */
export async function listTree({ git, commit }: Source): Promise<TreeEntry[]> {
  const output = await git.run(['ls-tree', '-r', '-z', '-l', commit]);
  const entries: TreeEntry[] = [];
  let start = 0;
  for (let end = output.indexOf(0); end >= 0; end = output.indexOf(0, start)) {
    const record = output.subarray(start, end);
    start = end + 1;
    const tab = record.indexOf(0x09);
    const [mode, type, blob, size] = record
      .subarray(0, tab)
      .toString('latin1')
      .split(/ +/);
    const bytes = record.subarray(tab + 1);
    const path = bytes.toString('utf8');
    entries.push({
      mode,
      type,
      blob,
      size: Number(size) || 0,
      path,
      safe: isSafePath(path) && Buffer.from(path, 'utf8').equals(bytes),
    });
  }
  return entries;
}

/** Whether a path stays inside a repository and is no part of git's own files. */
export function isSafePath(path: string): boolean {
  return (
    path.length > 0 &&
    path.length <= 1000 &&
    !/[\0\\\r\n]/.test(path) &&
    path
      .split('/')
      .every(
        step =>
          step !== '' &&
          step !== '.' &&
          step !== '..' &&
          !/^\.git[ .]*(?:$|:)/i.test(step) &&
          !/^git~\d/i.test(step),
      )
  );
}
