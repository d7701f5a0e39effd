import { mkdtemp, rm } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  RunJob,
  RunResult,
  SampleConnection,
} from 'backstage-plugin-dataset-migration-common';
import { ChildCodemod, ChildParser } from 'dataset-migration-consumer-codemod';
import { openSource, Source } from '../source/openSource';
import { readFiles } from '../source/readFiles';
import { RunClient } from '../source/RunClient';
import { listTree } from '../source/TreeEntry';
import { Reporter } from '../report/Reporter';
import { rescan } from './rescan';
import { RunBody, RunContext } from './RunContext';
import { RunFailure } from './RunFailure';
import { simulate } from './simulate';
import { StaleAttemptError } from './StaleAttemptError';
import { verifyPatch } from './verifyPatch';
import { SkippedReason } from '../reasons';

export interface ExecuteOptions {
  job: RunJob;
  client: RunClient;
  reporter: Pick<Reporter, 'log' | 'progress'>;
  /** Aborted where the attempt is stale or the process has to end. */
  signal: AbortSignal;
  /** Real data that changes are also compared on. */
  connection?: SampleConnection;
}

/** What Node, the parsers and a few large files take. */
const MIN_CODEMOD_MB = 768;

const KINDS: Record<
  RunJob['run']['kind'],
  (context: RunContext) => Promise<RunBody>
> = { simulate, verify: verifyPatch, rescan };

/**
 * Executes one run in a directory of its own, which is gone afterwards. Whatever
 * goes wrong is a result with outcome `failed`; only an abort and a stale attempt throw.
 */
export async function executeRun(options: ExecuteOptions): Promise<RunResult> {
  const { job, signal, reporter } = options;
  const timeout = AbortSignal.timeout(job.limits.timeoutMs);
  const workspace = await mkdtemp(join(tmpdir(), 'dataset-migration-run-'));
  try {
    const body = await Promise.race([
      work(options, workspace, AbortSignal.any([signal, timeout])),
      whenAborted(signal),
      whenAborted(timeout),
    ]);
    return withHeader(body);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof StaleAttemptError) {
      throw error;
    }
    const failure = timeout.aborted
      ? new RunFailure(
          'RUN_TIMEOUT',
          `The run took longer than ${job.limits.timeoutMs} ms`,
          true,
        )
      : error;
    const result = failedResult(failure);
    reporter.log(`${result.failure?.signature}: ${result.failure?.message}`);
    return result;
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function work(
  { job, client, reporter, connection }: ExecuteOptions,
  workspace: string,
  signal: AbortSignal,
): Promise<RunBody> {
  const deadline = Date.now() + job.limits.timeoutMs;
  reporter.progress('Fetching the source');
  const source = await openSource({ client, workspace, signal });
  if (!source) {
    return emptyRepository();
  }
  const parser = new ChildParser();
  const codemod = new ChildCodemod({
    memoryMb: Math.max(MIN_CODEMOD_MB, job.limits.memoryMb / 2),
  });
  // It may be in a loop that would outlast the run.
  signal.addEventListener('abort', () => codemod.close(), { once: true });
  try {
    return await workOn(source, {
      job,
      workspace,
      parser,
      codemod,
      signal,
      deadline,
      ...(connection && { connection }),
      log: line => reporter.log(line),
      progress: message => reporter.progress(message),
    });
  } finally {
    await Promise.all([parser.close(), codemod.close()]);
  }
}

async function workOn(
  source: Source,
  rest: Omit<RunContext, 'source' | 'tree' | 'files' | 'findings'>,
): Promise<RunBody> {
  const tree = await listTree(source);
  rest.log(`Commit ${source.commit} with ${tree.length} files`);
  const { files, findings } = await readFiles(source, tree, rest.job);
  return KINDS[rest.job.run.kind]({ ...rest, source, tree, files, findings });
}

function emptyRepository(): RunBody {
  return {
    outcome: 'not-affected',
    uses: [],
    findings: [
      {
        reason: 'REPOSITORY_EMPTY' satisfies SkippedReason,
        severity: 'info',
        route: 'person',
        message: 'The repository has no commit.',
      },
    ],
    evidence: [],
  };
}

/** The result of a run that went wrong. */
export function failedResult(error: unknown): RunResult {
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/\0/g, '')
    .slice(0, 5000);
  return withHeader({
    outcome: 'failed',
    uses: [],
    findings: [],
    evidence: [],
    failure:
      error instanceof RunFailure
        ? { signature: error.signature, message, retryable: error.retryable }
        : {
            signature: `RUNNER_BROKE: ${
              error instanceof Error ? error.name : 'unknown'
            }`,
            message,
            retryable: false,
          },
  });
}

function withHeader(body: RunBody): RunResult {
  return {
    apiVersion: 'dataset-migration/v1alpha1',
    kind: 'RunResult',
    ...body,
  };
}

/** Never resolves; rejects when the signal is aborted. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
    }
    signal.addEventListener('abort', () => reject(signal.reason), {
      once: true,
    });
  });
}
