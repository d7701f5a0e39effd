import { CodeNode, CodeParser } from '../treeSitter/CodeParser';
import { ScalaFile } from './ScalaFile';

const MAX_ROUNDS = 8;
const COLUMN = /(?<![\w$"\\])\$(?=")/g;

/**
 * Parses a Scala file, or gives the reason why that cannot be done.
 *
 * The grammar ends an expression at a line's end, also behind an operator, where
 * Scala goes on. Such line ends are shown to the parser as spaces: a query that is
 * joined over several lines would be taken for several otherwise. Nor does it know
 * the name of Spark's `$"column"`, which is shown as a letter where nothing else helps.
 */
export async function parseScala(
  { path, text }: { path: string; text: string },
  parser: CodeParser,
): Promise<ScalaFile | 'PARSER_LIMIT' | 'CODE_PARSE_FAILED'> {
  let shown = text;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const parsed = await parser.parseTree(shown, 'scala');
    if (!parsed.ok) {
      return 'PARSER_LIMIT';
    }
    const joined = joinLines(shown, parsed.root);
    if (joined !== shown) {
      shown = joined;
      continue;
    }
    if (!parsed.errors) {
      return new ScalaFile(path, text, parsed.root);
    }
    const named = shown.replace(COLUMN, 'S');
    if (named === shown) {
      return 'CODE_PARSE_FAILED';
    }
    shown = named;
  }
  return 'CODE_PARSE_FAILED';
}

function joinLines(text: string, root: CodeNode): string {
  let joined = text;
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    stack.push(...node.children);
    if (node.type !== 'postfix_expression') {
      continue;
    }
    const gap =
      text.slice(node.end).match(/^(?:[ \t]*(?:\/\/[^\n]*)?\r?\n)+/)?.[0] ?? '';
    joined =
      joined.slice(0, node.end) +
      ' '.repeat(gap.length) +
      joined.slice(node.end + gap.length);
  }
  return joined;
}
