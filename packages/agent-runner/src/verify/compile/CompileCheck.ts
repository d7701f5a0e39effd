import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';

/** A changed text file; without `before` it was added. */
export interface CompiledFile {
  path: string;
  before?: string;
  after: string;
}

/** What a compiler of one kind of file would say, without running the consumer's code. */
export interface CompileCheck {
  accepts(file: CompiledFile, context: VerifierContext): boolean;
  check(file: CompiledFile, context: VerifierContext): Promise<VerdictOf>;
}

/** What is wrong with a text: nothing, a message, or why it cannot be told. */
export type SyntaxFault =
  | undefined
  | { kind: 'syntax'; message: string }
  | { kind: 'limit'; message: string };

/**
 * The verdict of a syntax check that is asked about both sides: only a fault that the
 * change brought in speaks against it, as no check reads every version of a language.
 */
export async function compareSyntax(
  { path, before, after }: CompiledFile,
  options: {
    summary: string;
    check(text: string): Promise<SyntaxFault>;
  },
): Promise<VerdictOf> {
  const fault = await options.check(after);
  if (!fault) {
    return { verdict: 'passed', summary: `${path}: ${options.summary}` };
  }
  if (fault.kind === 'limit') {
    return {
      verdict: 'inconclusive',
      reason: 'PARSER_LIMIT',
      summary: `${path}: ${fault.message}`,
    };
  }
  if (before !== undefined && (await options.check(before))) {
    return {
      verdict: 'not-run',
      reason: 'COMPILES_NEITHER',
      summary: `${path} does not pass the check, and did not before the change: ${fault.message}`,
    };
  }
  return {
    verdict: 'failed',
    reason: 'SYNTAX_ERROR',
    summary: `${path} does not compile any more: ${fault.message}`,
  };
}
