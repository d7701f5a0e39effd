import { compareQueriesOnSample } from 'dataset-migration-equivalence';
import { evidenceOf } from './evidenceOf';
import { evidencePerFile } from './evidencePerFile';
import { evidenceWithoutRows } from './withoutRows';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';
import { EvidenceReason } from '../reasons';

const MAX_MS = 120_000;
const MIN_MEMORY_MB = 512;

/** Both queries on a sample of the real data, which needs a connection to it. */
export class SampleVerifier implements Verifier {
  readonly id = 'equivalent-on-sample';
  readonly rung = 'equivalent-on-sample';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const { connection, files, job, deadline } = context;
    const notRun = (reason: EvidenceReason, summary: string) => ({
      evidence: evidenceOf(this, context, {
        verdict: 'not-run',
        reason,
        summary,
      }),
    });
    if (!connection) {
      return job.connection
        ? notRun(
            'CONNECTION_NOT_GIVEN',
            `The fleet did not hand over the connection ${job.connection.name}.`,
          )
        : notRun('NO_CONNECTION', 'No connection to the real data is set up.');
    }
    const statements = files.flatMap(({ path, statements: own }) =>
      (own ?? []).map(statement => ({ path, ...statement })),
    );
    if (statements.length === 0) {
      return notRun('NO_QUERIES', 'The change holds no query.');
    }
    const compared = await compareQueriesOnSample({
      connection,
      mapping: job.mapping,
      answers: job.answers,
      statements,
      seed: job.run.seed,
      limits: {
        timeoutMs: Math.max(
          1000,
          Math.min(MAX_MS, (deadline - Date.now()) * 0.8),
        ),
        memoryMb: Math.max(MIN_MEMORY_MB, job.limits.memoryMb / 2),
      },
    });
    const hidden = job.connection?.showRows === false;
    const evidence = hidden ? evidenceWithoutRows(compared) : compared;
    return { evidence, files: evidencePerFile(evidence) };
  }
}
