import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { bindsInEngine } from './compile/bindsInEngine';
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
  readonly #binds: boolean;

  /** @param options.binds - whether plain SQL is bound, which takes as long as its proof. */
  constructor(options: { binds: boolean } = { binds: true }) {
    this.#binds = options.binds;
  }

  async verify(context: VerifierContext): Promise<VerifierResult> {
    const files: Evidence[] = [];
    for (const file of context.files) {
      const { path, before, after } = file;
      if (after) {
        const verdict = await judge(
          {
            path,
            after: after.toString('utf8'),
            ...(before && { before: before.toString('utf8') }),
          },
          context,
          this.#binds && (file.statements ?? []).length > 0,
        );
        files.push(...(verdict ? [fileEvidence(this, path, verdict)] : []));
      }
    }
    if (files.length === 0) {
      return {
        evidence: evidenceOf(this, context, {
          verdict: 'not-run',
          reason: 'NOT_APPLICABLE',
          summary: this.#binds
            ? 'The change holds nothing that is compiled.'
            : 'The change is plain SQL, which only a proof binds.',
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
  binds: boolean,
): Promise<VerdictOf | undefined> {
  const check = CHECKS.find(each => each.accepts(file, context));
  if (check) {
    return check.check(file, context);
  }
  if (BUILT.test(file.path)) {
    return {
      verdict: 'not-run',
      reason: 'NO_SANDBOX',
      summary: `Building ${file.path} runs the consumer's code, for which no sandbox is set up.`,
    };
  }
  return binds ? bindsInEngine(file.path, context) : undefined;
}
