/** A JSON value with the offsets at which it is written. */
export type JsonNode =
  | { kind: 'string'; start: number; end: number }
  | { kind: 'array'; start: number; end: number; items: JsonNode[] }
  | {
      kind: 'object';
      start: number;
      end: number;
      entries: Array<{ key: string; value: JsonNode }>;
    }
  | { kind: 'other'; start: number; end: number };

/** What is deeper was not written by a notebook. */
const MAX_DEPTH = 200;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const OTHER = /[-+.\w]+/y;
const SPACE = /[ \t\r\n]*/y;

class Reader {
  #at = 0;

  constructor(readonly text: string) {}

  read(): JsonNode | undefined {
    const node = this.#value(0);
    this.#skip();
    return this.#at === this.text.length ? node : undefined;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skip() {
    this.#match(SPACE);
  }

  #take(character: string): boolean {
    this.#skip();
    const found = this.text[this.#at] === character;
    this.#at += found ? 1 : 0;
    return found;
  }

  #value(depth: number): JsonNode | undefined {
    this.#skip();
    const start = this.#at;
    if (depth > MAX_DEPTH) {
      return undefined;
    }
    if (this.#take('{')) {
      const entries = this.#entries(depth);
      return entries && { kind: 'object', start, end: this.#at, entries };
    }
    if (this.#take('[')) {
      const items = this.#items(depth);
      return items && { kind: 'array', start, end: this.#at, items };
    }
    if (this.#match(STRING) !== undefined) {
      return { kind: 'string', start, end: this.#at };
    }
    return this.#match(OTHER) === undefined
      ? undefined
      : { kind: 'other', start, end: this.#at };
  }

  #entries(depth: number) {
    const entries: Array<{ key: string; value: JsonNode }> = [];
    if (this.#take('}')) {
      return entries;
    }
    do {
      this.#skip();
      const written = this.#match(STRING);
      const value = this.#take(':') ? this.#value(depth + 1) : undefined;
      if (written === undefined || !value) {
        return undefined;
      }
      entries.push({ key: written.slice(1, -1), value });
    } while (this.#take(','));
    return this.#take('}') ? entries : undefined;
  }

  #items(depth: number) {
    const items: JsonNode[] = [];
    if (this.#take(']')) {
      return items;
    }
    do {
      const value = this.#value(depth + 1);
      if (!value) {
        return undefined;
      }
      items.push(value);
    } while (this.#take(','));
    return this.#take(']') ? items : undefined;
  }
}

/** Reads JSON with positions; nothing if it is not JSON. */
export function readJson(text: string): JsonNode | undefined {
  try {
    // Strict about what the reader does not look at.
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return new Reader(text).read();
}

export function entryOf(
  node: JsonNode | undefined,
  key: string,
): JsonNode | undefined {
  const found =
    node?.kind === 'object'
      ? node.entries.filter(entry => entry.key === key)
      : [];
  // Of a key that is there twice, JSON readers take the last.
  return found[found.length - 1]?.value;
}

/** The characters of a JSON string, and where each of them is written. */
export interface JsonText {
  text: string;
  starts: number[];
  ends: number[];
}

export function textOf(file: string, node: JsonNode): JsonText {
  const result: JsonText = { text: '', starts: [], ends: [] };
  for (let i = node.start + 1; i < node.end - 1; ) {
    const escape = file[i + 1] === 'u' ? 6 : 2;
    const size = file[i] === '\\' ? escape : 1;
    const written = file.slice(i, i + size);
    result.text += size === 1 ? written : unescape(written);
    result.starts.push(i);
    result.ends.push(i + size);
    i += size;
  }
  return result;
}

function unescape(written: string): string {
  const value: unknown = JSON.parse(`"${written}"`);
  return String(value);
}
