import { readFile } from 'fs/promises';
import { Language, Node, Parser, TreeCursor } from 'web-tree-sitter';
import { CodeLanguage, CodeNode, ParsedTree } from './CodeParser';

/** Deeper trees are generated, and too deep to send between processes. */
const MAX_DEPTH = 1000;
/** A file of 2 MB has about as many. */
const MAX_NODES = 1_500_000;

const grammars = new Map<CodeLanguage, Promise<Parser>>();

function grammarPath(language: CodeLanguage): string {
  // Written out, so that a bundler sees each of them.
  return language === 'scala'
    ? require.resolve('tree-sitter-scala/tree-sitter-scala.wasm')
    : require.resolve('tree-sitter-python/tree-sitter-python.wasm');
}

async function load(language: CodeLanguage): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  const grammar = await readFile(grammarPath(language));
  parser.setLanguage(await Language.load(grammar));
  return parser;
}

function parserFor(language: CodeLanguage): Promise<Parser> {
  const parser = grammars.get(language) ?? load(language);
  grammars.set(language, parser);
  return parser;
}

function limit(message: string): ParsedTree {
  return { ok: false, kind: 'limit', message };
}

function plain(node: Node, field: string | null): CodeNode {
  return {
    type: node.type,
    start: node.startIndex,
    end: node.endIndex,
    named: node.isNamed,
    ...(field && { field }),
    children: [],
  };
}

/** Copies the tree out of WebAssembly with a stack of its own; nothing if it is too large. */
function copyTree(cursor: TreeCursor): CodeNode | undefined {
  const root = plain(cursor.currentNode, null);
  const parents: CodeNode[] = [];
  let current = root;
  let count = 1;
  for (;;) {
    if (cursor.gotoFirstChild()) {
      parents.push(current);
      if (parents.length > MAX_DEPTH) {
        return undefined;
      }
    } else {
      while (!cursor.gotoNextSibling()) {
        if (!cursor.gotoParent()) {
          return root;
        }
        parents.pop();
      }
    }
    current = plain(cursor.currentNode, cursor.currentFieldName);
    parents[parents.length - 1].children.push(current);
    if (++count > MAX_NODES) {
      return undefined;
    }
  }
}

/** Parses in this process. What makes the parser trap poisons the process: see `ChildParser`. */
export async function parseWithTreeSitter(
  text: string,
  language: CodeLanguage,
): Promise<ParsedTree> {
  const parser = await parserFor(language);
  const tree = parser.parse(text);
  if (!tree) {
    return limit('The parser gave up on the text');
  }
  const cursor = tree.walk();
  try {
    const root = copyTree(cursor);
    return root
      ? { ok: true, root, errors: tree.rootNode.hasError }
      : limit('The syntax tree is too deep or too large');
  } finally {
    cursor.delete();
    tree.delete();
  }
}
