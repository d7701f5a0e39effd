import {
  belongsToTarget,
  Finding,
  RunJob,
} from 'backstage-plugin-dataset-migration-common';
import { RunFailure } from '../run/RunFailure';
import { Source } from './openSource';
import { isSafePath, TreeEntry } from './TreeEntry';
import { SkippedReason } from '../reasons';

/** Files above this size are not rewritten. */
export const MAX_FILE_BYTES = 2 * 1024 * 1024;
/** All files of a target together. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
const BATCH_BYTES = 32 * 1024 * 1024;
export const LFS_POINTER = Buffer.from(
  'version https://git-lfs.github.com/spec/',
);

export interface SourceFile {
  path: string;
  mode: string;
  blob: string;
  content: Buffer;
}

/**
 * The text files of a target, read as blobs without filters or checkout. What is
 * skipped and could read the dataset is a finding.
 *
 * @throws RunFailure where the target has more than the job allows.
 */
export async function readFiles(
  source: Source,
  tree: TreeEntry[],
  job: Pick<RunJob, 'target' | 'limits'>,
): Promise<{ files: SourceFile[]; findings: Finding[] }> {
  const findings: Finding[] = [];
  const wanted: TreeEntry[] = [];
  let total = 0;
  for (const entry of tree) {
    if (!belongsToTarget(entry.path, job.target)) {
      continue;
    }
    const skipped = reasonToSkip(entry);
    if (skipped) {
      findings.push(skipped);
      continue;
    }
    total += entry.size;
    wanted.push(entry);
  }
  if (wanted.length > job.limits.maxFiles || total > MAX_TOTAL_BYTES) {
    throw new RunFailure(
      'TOO_MANY_FILES',
      `The target has ${wanted.length} files with ${total} bytes; at most ${job.limits.maxFiles} files and ${MAX_TOTAL_BYTES} bytes are read. Narrow its paths.`,
      false,
    );
  }
  const files: SourceFile[] = [];
  for (const batch of batches(wanted)) {
    for (const file of await readBlobs(source, batch)) {
      if (file.content.subarray(0, LFS_POINTER.length).equals(LFS_POINTER)) {
        findings.push(
          skippedFinding(
            'LFS_POINTER',
            file.path,
            'The file is kept in Git LFS; its content was not looked at.',
          ),
        );
      } else if (!isBinary(file.content)) {
        files.push(file);
      }
    }
  }
  return { files, findings };
}

/** Reads blobs in one go. */
export async function readBlobs(
  { git }: Source,
  entries: Array<Pick<TreeEntry, 'path' | 'mode' | 'blob'>>,
): Promise<SourceFile[]> {
  if (entries.length === 0) {
    return [];
  }
  const output = await git.run(['cat-file', '--batch'], {
    input: entries.map(({ blob }) => `${blob}\n`).join(''),
  });
  let offset = 0;
  return entries.map(({ path, mode, blob }) => {
    const end = output.indexOf(0x0a, offset);
    const [, type, size] = output
      .subarray(offset, end)
      .toString('latin1')
      .split(' ');
    if (type !== 'blob') {
      throw new RunFailure('SOURCE_INVALID', `${path} is missing`, true);
    }
    const content = output.subarray(end + 1, end + 1 + Number(size));
    offset = end + 1 + Number(size) + 1;
    return { path, mode, blob, content };
  });
}

function reasonToSkip(entry: TreeEntry): Finding | undefined {
  if (!entry.safe || !isSafePath(entry.path)) {
    return skippedFinding(
      'PATH_UNSAFE',
      undefined,
      `A file's path cannot be used: ${JSON.stringify(
        entry.path.slice(0, 200),
      )}.`,
    );
  }
  if (entry.mode === '120000') {
    return skippedFinding(
      'SYMLINK_SKIPPED',
      entry.path,
      'The file is a symbolic link; it was not followed.',
      'info',
    );
  }
  if (entry.type !== 'blob') {
    return skippedFinding(
      'SUBMODULE_SKIPPED',
      entry.path,
      'The directory is another repository; it was not looked at.',
      'info',
    );
  }
  if (entry.size > MAX_FILE_BYTES) {
    return skippedFinding(
      'FILE_TOO_LARGE',
      entry.path,
      `The file has ${entry.size} bytes; it was not looked at.`,
    );
  }
  return undefined;
}

/** What is said of a file that was not looked at. */
export function skippedFinding(
  reason: SkippedReason,
  path: string | undefined,
  message: string,
  severity: Finding['severity'] = 'warning',
): Finding {
  return {
    reason,
    severity,
    route: 'person',
    message,
    ...(path !== undefined && { place: { path, line: 1, column: 1 } }),
  };
}

function* batches(entries: TreeEntry[]): Generator<TreeEntry[]> {
  let batch: TreeEntry[] = [];
  let size = 0;
  for (const entry of entries) {
    if (size + entry.size > BATCH_BYTES && batch.length > 0) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(entry);
    size += entry.size;
  }
  yield batch;
}

/** As git decides it: a NUL near the start. UTF-16 is text that we cannot edit. */
export function isBinary(content: Buffer): boolean {
  const utf16 =
    content.length >= 2 &&
    (content.readUInt16LE(0) === 0xfeff || content.readUInt16BE(0) === 0xfeff);
  return !utf16 && content.subarray(0, 8000).includes(0);
}
