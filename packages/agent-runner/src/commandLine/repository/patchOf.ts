import { mkdir, mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { CodemodResult } from 'dataset-migration-consumer-codemod';
import { buildPatch, ChangedFile, writeBlob } from '../../change/buildPatch';
import { Git } from '../../git/Git';
import { Source } from '../../source/openSource';
import { RepositoryFile } from './readPlainFile';

/** No commit of a local directory is looked at; ids have this length. */
const NO_COMMIT = '0'.repeat(40);
/** Processes of git at the same time. */
const AT_ONCE = 8;

/** The change as git sees it, written in a repository of its own. */
export async function patchOf(
  changed: CodemodResult['files'],
  files: RepositoryFile[],
  signal: AbortSignal,
): Promise<{ changes: ChangedFile[]; bytes: Buffer }> {
  const workspace = await mkdtemp(join(tmpdir(), 'dataset-migration-'));
  try {
    const home = join(workspace, 'home');
    await mkdir(home);
    const git = new Git(join(workspace, 'patch.git'), home, signal);
    await git.run(['init', '--quiet', '--bare', '--template=', git.directory]);
    const source: Source = { git, commit: NO_COMMIT };
    const modes = new Map(files.map(({ path, mode }) => [path, mode]));
    const changes: ChangedFile[] = [];
    for (let start = 0; start < changed.length; start += AT_ONCE) {
      const batch = changed.slice(start, start + AT_ONCE);
      const written = batch.map(async ({ path, before, after }) => {
        const mode = modes.get(path) ?? '100644';
        return {
          path,
          before: { mode, blob: await writeBlob(source, before) },
          after: { mode, blob: await writeBlob(source, after) },
        };
      });
      changes.push(...(await Promise.all(written)));
    }
    const { bytes } = await buildPatch(source, workspace, changes);
    return { changes, bytes };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
