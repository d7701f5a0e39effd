import { mkdir, mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  DatasetMapping,
  FieldAnswer,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChildParser,
  CodemodResult,
  rewriteConsumer,
} from 'dataset-migration-consumer-codemod';
import { SampleConnection } from 'dataset-migration-equivalence';
import { buildPatch, ChangedFile, writeBlob } from '../../change/buildPatch';
import { Git } from '../../git/Git';
import { Source } from '../../source/openSource';
import { Verifier, VerifierResult } from '../../verify/Verifier';
import { verifyFiles } from '../../verify/verifyChange';
import { RepositoryFile } from './readPlainFile';
import { LocalRepository } from './readRepository';

/** No commit of a local directory is looked at; ids have this length. */
const NO_COMMIT = '0'.repeat(40);
const MEMORY_MB = 2048;
const MAX_PATCH_BYTES = 256 * 1024 * 1024;

export interface RewriteOptions {
  repository: LocalRepository;
  paths: string[];
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  seed: number;
  connection?: SampleConnection;
  timeoutMs: number;
  signal: AbortSignal;
  /** What judges the change; none for a look at the uses only. */
  verifiers: readonly Verifier[];
  /** Says what goes on. */
  progress(message: string): void;
}

export interface RewrittenRepository {
  rewritten: CodemodResult;
  /** A git patch; empty without changes. */
  patch: Buffer;
  verified: VerifierResult[];
}

/** Rewrites a repository in memory, and lets verifiers judge the change. */
export async function rewriteRepository(
  options: RewriteOptions,
): Promise<RewrittenRepository> {
  const { repository, mapping, answers, progress } = options;
  const deadline = Date.now() + options.timeoutMs;
  const signal = AbortSignal.any([
    options.signal,
    AbortSignal.timeout(options.timeoutMs),
  ]);
  const parser = new ChildParser();
  try {
    progress(`Looking for uses in ${repository.files.length} files`);
    const rewritten = await rewriteConsumer({
      mapping,
      answers,
      files: repository.files,
      parser,
    });
    signal.throwIfAborted();
    if (options.verifiers.length === 0 || rewritten.files.length === 0) {
      return { rewritten, patch: Buffer.alloc(0), verified: [] };
    }
    const { changes, bytes } = await patchOf(
      rewritten.files,
      repository.files,
      signal,
    );
    progress(`Verifying ${changes.length} changed files`);
    const after = new Map(rewritten.files.map(each => [each.path, each.after]));
    const verified = await verifyFiles(
      {
        job: {
          mapping,
          answers,
          run: { seed: options.seed },
          target: {
            id: 'local',
            repository: repository.root,
            paths: options.paths,
            excludedPaths: [],
          },
          limits: {
            timeoutMs: options.timeoutMs,
            memoryMb: MEMORY_MB,
            maxFiles: repository.files.length,
            maxPatchBytes: MAX_PATCH_BYTES,
          },
        },
        changes,
        patchBytes: bytes.length,
        files: rewritten.files,
        filesAfter: repository.files.map(({ path, content }) => ({
          path,
          content: after.get(path) ?? content,
        })),
        parser,
        deadline,
        ...(options.connection && { connection: options.connection }),
      },
      { signal, log: () => undefined, verifiers: options.verifiers },
    );
    return { rewritten, patch: bytes, verified };
  } finally {
    await parser.close();
  }
}

/** The change as git sees it, written in a repository of its own. */
async function patchOf(
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
    for (const { path, before, after } of changed) {
      const mode = modes.get(path) ?? '100644';
      changes.push({
        path,
        before: { mode, blob: await writeBlob(source, before) },
        after: { mode, blob: await writeBlob(source, after) },
      });
    }
    const { bytes } = await buildPatch(source, workspace, changes);
    return { changes, bytes };
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
