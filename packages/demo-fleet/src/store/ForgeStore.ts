import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { RecordKinds } from './records';

type Kind = keyof RecordKinds;
type Line = { kind: Kind; value: RecordKinds[Kind] };

function readLines(file: string): Line[] {
  if (!existsSync(file)) {
    return [];
  }
  const lines: Line[] = [];
  for (const text of readFileSync(file, 'utf8').split('\n')) {
    try {
      lines.push(JSON.parse(text) as Line);
    } catch {
      // A crash can tear the last line only; what it said was never acknowledged.
    }
  }
  return lines;
}

/**
 * What git does not hold (pull requests, reviews, labels, hooks), in memory and in a journal.
 * A record is replaced as a whole; the last line of an id wins. Opening the journal compacts it.
 */
export class ForgeStore {
  readonly #file: string;
  readonly #records = new Map<Kind, Map<number, RecordKinds[Kind]>>();
  #lastId = 0;

  private constructor(file: string) {
    this.#file = file;
  }

  static open(file: string): ForgeStore {
    mkdirSync(dirname(file), { recursive: true });
    const store = new ForgeStore(file);
    for (const line of readLines(file)) {
      store.#keep(line.kind, line.value);
    }
    store.#compact();
    return store;
  }

  nextId(): number {
    return this.#lastId + 1;
  }

  put<K extends Kind>(kind: K, value: RecordKinds[K]): RecordKinds[K] {
    this.#keep(kind, value);
    appendFileSync(this.#file, `${JSON.stringify({ kind, value })}\n`);
    return value;
  }

  /** All records of a kind, oldest first. */
  all<K extends Kind>(kind: K): RecordKinds[K][] {
    return [...(this.#records.get(kind)?.values() ?? [])] as RecordKinds[K][];
  }

  get<K extends Kind>(kind: K, id: number): RecordKinds[K] | undefined {
    return this.#records.get(kind)?.get(id) as RecordKinds[K] | undefined;
  }

  #keep(kind: Kind, value: RecordKinds[Kind]): void {
    const records = this.#records.get(kind) ?? new Map();
    records.set(value.id, value);
    this.#records.set(kind, records);
    this.#lastId = Math.max(this.#lastId, value.id);
  }

  #compact(): void {
    const lines: string[] = [];
    for (const [kind, records] of this.#records) {
      for (const value of records.values()) {
        lines.push(`${JSON.stringify({ kind, value })}\n`);
      }
    }
    writeFileSync(`${this.#file}.new`, lines.join(''));
    renameSync(`${this.#file}.new`, this.#file);
  }
}
