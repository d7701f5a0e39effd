import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { evidenceOf, fileEvidence, worstOf } from './evidenceOf';
import {
  VerifiedFile,
  Verifier,
  VerifierContext,
  VerifierResult,
} from './Verifier';

/** Every query of the change parses in the mapping's dialect. */
export class ParsesVerifier implements Verifier {
  readonly id = 'parses';
  readonly rung = 'parses';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const evidence: Evidence[] = [];
    for (const file of context.files) {
      if (!file.statements || file.statements.length > 0) {
        evidence.push(await this.#verifyFile(file, context));
      }
    }
    if (evidence.length === 0) {
      return {
        evidence: evidenceOf(this, context, {
          verdict: 'not-run',
          reason: 'NO_QUERIES',
          summary: 'The change holds no query.',
        }),
      };
    }
    const queries = context.files.flatMap(({ statements }) => statements ?? []);
    return worstOf(this, context, evidence, {
      verdict: 'passed',
      summary: parsedSummary(queries.length),
    });
  }

  async #verifyFile(
    { path, statements, reason }: VerifiedFile,
    { parser, job }: VerifierContext,
  ): Promise<Evidence> {
    if (!statements) {
      return fileEvidence(this, path, {
        verdict: 'not-run',
        reason: reason ?? 'NO_QUERIES',
        summary: `The queries of ${path} cannot be taken out of it.`,
      });
    }
    for (const { label, newSql } of statements) {
      const parsed = await parser.parse(newSql, job.mapping.dialect);
      if (!parsed.ok) {
        return fileEvidence(this, path, {
          verdict: parsed.kind === 'limit' ? 'inconclusive' : 'failed',
          reason: parsed.kind === 'limit' ? 'PARSER_LIMIT' : 'PARSE_FAILED',
          summary: `${path}, ${label}: ${parsed.message}`,
        });
      }
    }
    return fileEvidence(this, path, {
      verdict: 'passed',
      summary: parsedSummary(statements.length),
    });
  }
}

function parsedSummary(queries: number): string {
  return queries === 1
    ? '1 query parses after the change.'
    : `${queries} queries parse after the change.`;
}
