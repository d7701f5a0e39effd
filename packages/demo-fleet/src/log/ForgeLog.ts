import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { dirname } from 'node:path';
import type { ForgeLogEntry, ForgeLogKind } from './ForgeLogEntry';

// The file keeps everything; memory keeps what a checker of one run looks at.
const KEPT_IN_MEMORY = 50_000;

/** Append-only record of what the forge did: a JSON lines file and the newest entries in memory. */
export class ForgeLog {
  readonly #entries: ForgeLogEntry[] = [];
  readonly #stream: WriteStream;
  #sequence = 0;

  private constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  static open(file: string): ForgeLog {
    mkdirSync(dirname(file), { recursive: true });
    return new ForgeLog(createWriteStream(file, { flags: 'a' }));
  }

  write(kind: ForgeLogKind, details: Record<string, unknown>): void {
    this.#sequence += 1;
    const entry: ForgeLogEntry = {
      sequence: this.#sequence,
      at: new Date().toISOString(),
      ...details,
      kind,
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT_IN_MEMORY) {
      this.#entries.splice(0, KEPT_IN_MEMORY / 10);
    }
    this.#stream.write(`${JSON.stringify(entry)}\n`);
  }

  entries(): readonly ForgeLogEntry[] {
    return this.#entries;
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.#stream.end(() => resolve());
    });
  }
}
