import { InputError } from '@backstage/errors';
import {
  DatasetMapping,
  FieldAnswer,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import {
  ChildCodemod,
  ChildParser,
  CodemodResult,
  SourceParser,
} from 'dataset-migration-consumer-codemod';
import { Verifier, VerifierResult } from '../../verify/Verifier';
import { verifyFiles } from '../../verify/verifyChange';
import { patchOf } from './patchOf';
import { LocalRepository } from './readRepository';

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
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  const parser = new ChildParser();
  const codemod = new ChildCodemod();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
  try {
    return await Promise.race([
      rewriteWith(options, { parser, codemod }, signal),
      aborted,
    ]);
  } catch (error) {
    if (timeout.aborted) {
      throw new InputError(
        `This took longer than ${
          options.timeoutMs / 1000
        } seconds. Narrow it with --paths, or raise --timeout.`,
      );
    }
    throw error;
  } finally {
    await Promise.all([parser.close(), codemod.close()]);
  }
}

async function rewriteWith(
  options: RewriteOptions,
  { parser, codemod }: { parser: SourceParser; codemod: ChildCodemod },
  signal: AbortSignal,
): Promise<RewrittenRepository> {
  const { repository, mapping, answers, progress } = options;
  const deadline = Date.now() + options.timeoutMs;
  progress(`Looking for uses in ${repository.files.length} files`);
  const rewritten = await codemod.rewrite({
    mapping,
    answers,
    files: repository.files,
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
      codemod,
      deadline,
      ...(options.connection && { connection: options.connection }),
    },
    { signal, log: () => undefined, verifiers: options.verifiers },
  );
  return { rewritten, patch: bytes, verified };
}
