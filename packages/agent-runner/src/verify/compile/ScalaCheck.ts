import { VerdictOf } from '../evidenceOf';
import { VerifierContext } from '../Verifier';
import { CompileCheck, CompiledFile, compareSyntax } from './CompileCheck';
import { treeFault } from './treeFault';

/** The syntax tree of Scala has no errors. Types need the build, and so a sandbox. */
export class ScalaCheck implements CompileCheck {
  accepts({ path }: CompiledFile): boolean {
    return /\.(?:scala|sc|sbt)$/i.test(path);
  }

  check(file: CompiledFile, context: VerifierContext): Promise<VerdictOf> {
    return compareSyntax(file, {
      summary: 'the syntax tree has no errors; types were not checked.',
      check: text => treeFault(text, 'scala', context),
    });
  }
}
