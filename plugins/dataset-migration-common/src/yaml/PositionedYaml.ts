import {
  Document,
  LineCounter,
  Node,
  Pair,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  visit,
} from 'yaml';
import { PlanProblem } from '../plan/PlanProblem';

/** Keys and indexes from the top of a document. */
export type YamlPath = ReadonlyArray<string | number>;

/** Longest document we read, in UTF-16 code units. */
export const MAX_YAML_LENGTH = 512 * 1024;
const MAX_ALIASES = 20;
const MAX_DEPTH = 200;

/**
 * A YAML document of hostile origin: its value, and where each part of it is.
 * Syntax errors, several documents, duplicate keys, alias bombs and excessive
 * nesting are problems, and then there is no value.
 */
export class PositionedYaml {
  readonly problems: PlanProblem[] = [];
  readonly value: unknown;
  readonly #lines = new LineCounter();
  readonly #document: Document | undefined;

  constructor(text: string) {
    if (text.length > MAX_YAML_LENGTH) {
      this.#refuse('FILE_TOO_LARGE', 'The file is larger than 512 kB.', 0);
      return;
    }
    const nesting = deepestNesting(text);
    if (nesting > MAX_DEPTH) {
      this.#refuse('YAML_TOO_DEEP', 'The file is nested too deeply.', 0);
      return;
    }
    try {
      this.#document = this.#read(text);
      if (this.#document && this.problems.length === 0) {
        this.value = this.#document.toJS({ maxAliasCount: MAX_ALIASES * 5 });
      }
    } catch (error) {
      // The library throws on alias bombs, and the stack can run out.
      this.#refuse(
        error instanceof RangeError ? 'YAML_TOO_DEEP' : 'YAML_INVALID',
        error instanceof Error ? error.message : 'The file cannot be read.',
        0,
      );
    }
  }

  /** A problem at a path: at its key, or at its value where `at` says so. */
  problem(
    code: string,
    path: YamlPath,
    message: string,
    options: { severity?: 'error' | 'warning'; at?: 'key' | 'value' } = {},
  ): PlanProblem {
    const offset = this.#offset(path, options.at ?? 'key');
    return {
      code,
      severity: options.severity ?? 'error',
      message,
      ...this.#place(offset),
      path: path.join('.'),
    };
  }

  #read(text: string): Document | undefined {
    const parsed = parseAllDocuments(text, {
      lineCounter: this.#lines,
      // Checked below in linear time; the library's check is quadratic.
      uniqueKeys: false,
      stringKeys: true,
      prettyErrors: false,
    });
    const documents = 'empty' in parsed ? [] : parsed;
    const [document] = documents;
    if (!document || document.contents === null) {
      this.#refuse('YAML_EMPTY', 'The file is empty.', 0);
      return undefined;
    }
    for (const error of document.errors) {
      this.#refuse('YAML_INVALID', error.message, error.pos[0]);
    }
    if (documents.length > 1) {
      this.#refuse(
        'YAML_SEVERAL_DOCUMENTS',
        'The file holds several documents; one is expected.',
        documents[1].range[0],
      );
    }
    this.#checkNodes(document);
    return document;
  }

  #checkNodes(document: Document): void {
    let aliases = 0;
    visit(document, {
      Alias: (_, node) => {
        aliases += 1;
        if (aliases === MAX_ALIASES + 1) {
          this.#refuse(
            'YAML_ALIASES',
            `The file uses more than ${MAX_ALIASES} aliases.`,
            node.range?.[0] ?? 0,
          );
        }
        return undefined;
      },
      Map: (_, node) => {
        const seen = new Set<string>();
        for (const item of node.items) {
          const key = keyOf(item);
          if (seen.has(key)) {
            this.#refuse(
              'YAML_DUPLICATE_KEY',
              `The key ${key} is given twice.`,
              keyOffset(item) ?? 0,
            );
          }
          seen.add(key);
        }
        return aliases > MAX_ALIASES ? visit.BREAK : undefined;
      },
    });
  }

  #offset(path: YamlPath, at: 'key' | 'value'): number {
    let node: unknown = this.#document?.contents;
    let offset = rangeStart(node) ?? 0;
    for (const [index, step] of path.entries()) {
      if (isAlias(node) && this.#document) {
        node = node.resolve(this.#document);
      }
      if (isMap(node)) {
        const pair = node.items.find(item => keyOf(item) === String(step));
        if (!pair) {
          return offset;
        }
        const last = index === path.length - 1;
        offset =
          (last && at === 'value' ? rangeStart(pair.value) : undefined) ??
          keyOffset(pair) ??
          offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        offset = rangeStart(node) ?? offset;
      } else {
        return offset;
      }
    }
    return offset;
  }

  #place(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #refuse(code: string, message: string, offset: number): void {
    this.problems.push({
      code,
      severity: 'error',
      message,
      ...this.#place(offset),
      path: '',
    });
  }
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function keyOffset(pair: unknown): number | undefined {
  return isPair(pair) ? rangeStart(pair.key) : undefined;
}

function rangeStart(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined;
}

/** Upper bound of the nesting, before the recursive parser sees the text. */
function deepestNesting(text: string): number {
  let flow = 0;
  let deepest = 0;
  for (const line of text.split('\n')) {
    const indent = /^[ ?:-]*/.exec(line)?.[0].replace(/ /g, '').length ?? 0;
    flow = Math.max(0, flow);
    for (const character of line) {
      if (character === '[' || character === '{') {
        flow += 1;
      } else if (character === ']' || character === '}') {
        flow -= 1;
      }
      deepest = Math.max(deepest, flow);
    }
    deepest = Math.max(deepest, indent);
  }
  return deepest;
}
