import {
  parseRunJob,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';
import { Reporter } from '../report/Reporter';
import { executeRun, failedResult } from '../run/executeRun';
import { RunFailure } from '../run/RunFailure';
import { StaleAttemptError } from '../run/StaleAttemptError';
import { RunClient } from '../source/RunClient';
import { EXIT_CODES } from './exitCodes';
import { readJson } from './readJson';
import { takeConnection, takeCredential } from './takeVariable';
import { writeResult } from './writeResult';

/** One run from job file to result file. Returns the exit code. */
export async function runJob(
  paths: { job: string; result: string },
  terminated: AbortSignal,
): Promise<number> {
  const job = parseRunJob(await readJson(paths.job));
  const credential = takeCredential();
  const connection = takeConnection();
  const stale = new AbortController();
  const signal = AbortSignal.any([terminated, stale.signal]);
  const client = new RunClient(job, credential);
  const reporter = new Reporter({
    client,
    signal,
    secret: credential,
    onRefused: error => stale.abort(error),
  });
  try {
    const result = await executeRun({
      job,
      client,
      reporter,
      signal,
      ...(connection && { connection }),
    });
    await writeResult(paths.result, result);
    const reported = await reportResult(reporter, result, signal);
    return reported ? EXIT_CODES.done : EXIT_CODES.notReported;
  } catch (error) {
    if (terminated.aborted) {
      return EXIT_CODES.terminated;
    }
    if (stale.signal.aborted || error instanceof StaleAttemptError) {
      return EXIT_CODES.stale;
    }
    throw error;
  } finally {
    reporter.close();
  }
}

/**
 * Reports a result. One that the backend refuses, as it can be larger than what it
 * takes, is reported as a failure, so that the run does not end without a word.
 */
async function reportResult(
  reporter: Reporter,
  result: RunResult,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await reporter.result(result, signal);
  } catch (error) {
    if (!(error instanceof RunFailure)) {
      throw error;
    }
    return reporter.result(failedResult(error), signal);
  }
}
