import { CodeLanguage } from 'dataset-migration-consumer-codemod';
import { lineOf } from './lineOf';
import { VerifierContext } from '../Verifier';
import { SyntaxFault } from './CompileCheck';

/** The first place where a syntax tree has an error, if any. */
export async function treeFault(
  text: string,
  language: CodeLanguage,
  { parser }: Pick<VerifierContext, 'parser'>,
): Promise<SyntaxFault> {
  const parsed = await parser.parseTree(text, language);
  if (!parsed.ok) {
    return parsed;
  }
  if (!parsed.errors) {
    return undefined;
  }
  const open = [parsed.root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.type === 'ERROR') {
      return {
        kind: 'syntax',
        message: `syntax error in line ${lineOf(text, node.start)}`,
      };
    }
    open.push(...[...node.children].reverse());
  }
  return { kind: 'syntax', message: 'something is missing' };
}
