import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { CompileCheck, CompiledFile } from './compile/CompileCheck';
import { ConfigCheck } from './compile/ConfigCheck';
import { DbtModelCheck } from './compile/DbtModelCheck';
import { DbtYamlCheck } from './compile/DbtYamlCheck';
import { PythonCheck } from './compile/PythonCheck';
import { ScalaCheck } from './compile/ScalaCheck';
import { evidenceOf, fileEvidence, VerdictOf, worstOf } from './evidenceOf';
import { Verifier, VerifierContext, VerifierResult } from './Verifier';

/** The first that accepts a file judges it. */
const CHECKS: readonly CompileCheck[] = [
  new PythonCheck(),
  new ScalaCheck(),
  new DbtYamlCheck(),
  new ConfigCheck(),
  new DbtModelCheck(),
];
/** Only their own build can tell. */
const BUILT = /\.(?:java|kt|kts|groovy|go|rs|cs)$/i;

/**
 * What the consumer's compiler or dbt would refuse, as far as it can be told without
 * running the consumer's code. The build itself needs a sandbox.
 */
export class CompilesVerifier implements Verifier {
  readonly id = 'compiles';
  readonly rung = 'compiles';

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const files: Evidence[] = [];
    for (const { path, before, after } of context.files) {
      if (after) {
        const verdict = await judge(
          {
            path,
            after: after.toString('utf8'),
            ...(before && { before: before.toString('utf8') }),
          },
          context,
        );
        files.push(...(verdict ? [fileEvidence(this, path, verdict)] : []));
      }
    }
    if (files.length === 0) {
      return {
        evidence: evidenceOf(this, context, {
          verdict: 'not-run',
          reason: 'NOT_APPLICABLE',
          summary: 'The change is plain SQL, which nothing compiles.',
        }),
      };
    }
    const summary =
      files.length === 1
        ? files[0].summary
        : `${files.length} files pass what can be checked without running the consumer's code.`;
    return worstOf(this, context, files, { verdict: 'passed', summary });
  }
}

async function judge(
  file: CompiledFile,
  context: VerifierContext,
): Promise<VerdictOf | undefined> {
  const check = CHECKS.find(each => each.accepts(file, context));
  if (check) {
    return check.check(file, context);
  }
  return BUILT.test(file.path)
    ? {
        verdict: 'not-run',
        reason: 'NO_SANDBOX',
        summary: `Building ${file.path} runs the consumer's code, for which no sandbox is set up.`,
      }
    : undefined;
}
