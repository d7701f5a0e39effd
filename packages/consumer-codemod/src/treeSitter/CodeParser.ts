import { SqlParser } from '../parser/SqlParser';

/** Languages whose syntax trees can be had. */
export type CodeLanguage = 'scala' | 'python';

/** One node of a syntax tree; offsets are UTF-16 code units of the text, end exclusive. */
export interface CodeNode {
  /** The grammar's name of the node, such as `call_expression`, or a token such as `(`. */
  type: string;
  start: number;
  end: number;
  /** False for punctuation and keywords. */
  named: boolean;
  /** What the node is to its parent, such as `arguments`. */
  field?: string;
  children: CodeNode[];
}

export type ParsedTree =
  | {
      ok: true;
      root: CodeNode;
      /** The text has errors; they are nodes of the type `ERROR`, or without text. */
      errors: boolean;
    }
  | {
      ok: false;
      /** The parser ran out of time, memory or depth, or crashed. */
      kind: 'limit';
      message: string;
    };

/** Reads code other than SQL. The tree is plain data, so that a child process can send it. */
export interface CodeParser {
  parseTree(text: string, language: CodeLanguage): Promise<ParsedTree>;
}

/** Everything that the codemod parses with. */
export interface SourceParser extends SqlParser, CodeParser {}
