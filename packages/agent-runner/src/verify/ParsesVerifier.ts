import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { evidenceOf } from './evidenceOf';
import { Verifier, VerifierContext } from './Verifier';

/** Every query of the change parses in the mapping's dialect. */
export class ParsesVerifier implements Verifier {
  readonly id = 'parses';
  readonly rung = 'parses';

  async verify(context: VerifierContext): Promise<Evidence> {
    const { files, parser, job } = context;
    let queries = 0;
    let unknown: string | undefined;
    for (const { path, statements, reason } of files) {
      if (!statements) {
        unknown ??= reason ?? 'NO_QUERIES';
        continue;
      }
      for (const { label, newSql } of statements) {
        queries += 1;
        const parsed = await parser.parse(newSql, job.mapping.dialect);
        if (!parsed.ok) {
          return evidenceOf(this, context, {
            verdict: parsed.kind === 'limit' ? 'inconclusive' : 'failed',
            reason: parsed.kind === 'limit' ? 'PARSER_LIMIT' : 'PARSE_FAILED',
            summary: `${path}, ${label}: ${parsed.message}`,
          });
        }
      }
    }
    if (unknown !== undefined || queries === 0) {
      return evidenceOf(this, context, {
        verdict: 'not-run',
        reason: unknown ?? 'NO_QUERIES',
        summary: unknown
          ? 'A changed file holds queries that cannot be taken out of it.'
          : 'The change holds no query.',
      });
    }
    return evidenceOf(this, context, {
      verdict: 'passed',
      summary: `${queries} queries parse after the change.`,
    });
  }
}
