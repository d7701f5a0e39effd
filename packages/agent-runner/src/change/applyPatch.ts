import { join } from 'path';
import { RunFailure } from '../run/RunFailure';
import { Source } from '../source/openSource';
import { TreeEntry } from '../source/TreeEntry';
import { ChangedFile } from './buildPatch';

/**
 * Applies a patch of hostile origin to the commit, in an index only, and tells
 * which files it changes. What it says about itself is not believed: the changes
 * are read from the index.
 *
 * @throws RunFailure where it does not apply.
 */
export async function applyPatch(
  source: Source,
  workspace: string,
  tree: TreeEntry[],
  patch: Buffer,
): Promise<ChangedFile[]> {
  const { git } = source;
  const index = join(workspace, 'patched.index');
  const base = new Map(
    tree.filter(({ safe }) => safe).map(entry => [entry.path, entry]),
  );
  await git.run(['read-tree', '--empty'], { index });
  await git.run(['update-index', '-z', '--index-info'], {
    index,
    input: [...base.values()]
      .map(({ mode, blob, path }) => `${mode} ${blob}\t${path}\0`)
      .join(''),
  });
  try {
    await git.run(
      ['apply', '--cached', '--binary', '--whitespace=nowarn', '-'],
      { index, input: patch },
    );
  } catch (error) {
    if (error instanceof RunFailure) {
      throw new RunFailure(
        'PATCH_DOES_NOT_APPLY',
        `The patch does not apply to ${source.commit}: ${error.message}`,
        false,
      );
    }
    throw error;
  }
  const listed = await git.run(['ls-files', '-s', '-z'], { index });
  const changes: ChangedFile[] = [];
  const seen = new Set<string>();
  for (const record of listed.toString('utf8').split('\0').filter(Boolean)) {
    const [head, ...rest] = record.split('\t');
    const [mode, blob] = head.split(' ');
    const path = rest.join('\t');
    seen.add(path);
    const old = base.get(path);
    if (old?.mode !== mode || old.blob !== blob) {
      changes.push({
        path,
        ...(old && { before: { mode: old.mode, blob: old.blob } }),
        after: { mode, blob },
      });
    }
  }
  for (const [path, { mode, blob }] of base) {
    if (!seen.has(path)) {
      changes.push({ path, before: { mode, blob } });
    }
  }
  return changes;
}
