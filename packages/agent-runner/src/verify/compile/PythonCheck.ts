import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';
import { CompileCheck, CompiledFile, compareSyntax } from './CompileCheck';
import { compilePython } from './compilePython';
import { treeFault } from './treeFault';

/** Python compiles the file's text, where there is a Python; else its tree has no errors. */
export class PythonCheck implements CompileCheck {
  accepts({ path }: CompiledFile): boolean {
    return /\.pyi?$/i.test(path);
  }

  async check(
    file: CompiledFile,
    context: VerifierContext,
  ): Promise<VerdictOf> {
    const compiled = await compilePython(file.after);
    if (compiled.kind === 'passed') {
      return {
        verdict: 'passed',
        summary: `${file.path}: Python ${compiled.version} compiles the file; nothing of it was run.`,
      };
    }
    // The file may be written for another Python, so its tree has the last word.
    const verdict = await compareSyntax(file, {
      summary: 'the syntax tree has no errors.',
      check: text => treeFault(text, 'python', context),
    });
    if (verdict.verdict !== 'passed' || compiled.kind === 'absent') {
      return verdict;
    }
    const before =
      file.before === undefined ? undefined : await compilePython(file.before);
    return before?.kind === 'failed'
      ? verdict
      : {
          verdict: 'failed',
          reason: 'SYNTAX_ERROR',
          summary: `${file.path} does not compile any more: ${compiled.message}`,
        };
  }
}
