import { join } from 'path';
import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { Source } from '../source/openSource';

const DIFF_OPTIONS = [
  '--binary',
  '--full-index',
  '--no-color',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/** One file before and after; absent sides are added or deleted files. */
export interface ChangedFile {
  path: string;
  before?: { mode: string; blob: string };
  after?: { mode: string; blob: string };
}

/** Writes a file's new content as it is. */
export async function writeBlob(
  { git }: Source,
  content: Buffer,
): Promise<string> {
  const id = await git.run(['hash-object', '-w', '--no-filters', '--stdin'], {
    input: content,
  });
  return id.toString().trim();
}

/**
 * The binary, full-index patch of some files, and how many lines it adds and
 * removes. Trees hold nothing but these files, so that the rest of a hostile
 * repository cannot get in the way.
 */
export async function buildPatch(
  source: Source,
  workspace: string,
  files: ChangedFile[],
): Promise<NonNullable<RunResult['change']> & { bytes: Buffer }> {
  const before = await writeTree(
    source,
    join(workspace, 'before.index'),
    files.map(({ path, before: side }) => ({ path, side })),
  );
  const after = await writeTree(
    source,
    join(workspace, 'after.index'),
    files.map(({ path, after: side }) => ({ path, side })),
  );
  const bytes = await source.git.run([
    'diff-tree',
    '-r',
    '-p',
    ...DIFF_OPTIONS,
    before,
    after,
  ]);
  const counts = await source.git.run([
    'diff-tree',
    '-r',
    '-z',
    '--numstat',
    '--no-renames',
    before,
    after,
  ]);
  return {
    bytes,
    patch: bytes.toString('base64'),
    files: parseNumstat(counts.toString('utf8')).map(count => ({
      ...count,
      baseBlob:
        files.find(({ path }) => path === count.path)?.before?.blob ??
        '0'.repeat(source.commit.length),
    })),
  };
}

async function writeTree(
  { git }: Source,
  index: string,
  files: Array<{ path: string; side?: { mode: string; blob: string } }>,
): Promise<string> {
  const entries = files.flatMap(({ path, side }) =>
    side ? [`${side.mode} ${side.blob}\t${path}\0`] : [],
  );
  await git.run(['read-tree', '--empty'], { index });
  await git.run(['update-index', '-z', '--index-info'], {
    index,
    input: entries.join(''),
  });
  return (await git.run(['write-tree'], { index })).toString().trim();
}

function parseNumstat(
  text: string,
): Array<{ path: string; added: number; removed: number }> {
  return text
    .split('\0')
    .filter(Boolean)
    .map(record => {
      const [added, removed, ...path] = record.split('\t');
      // Binary files have dashes instead of counts.
      return {
        path: path.join('\t'),
        added: Number(added) || 0,
        removed: Number(removed) || 0,
      };
    });
}
