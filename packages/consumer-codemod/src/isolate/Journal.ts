import { readSync, writeSync } from 'fs';

/** What a process works on, as it says before it starts. */
export interface JournalEntry {
  /** Counts files; 0 before the first. */
  file: number;
  /** Absent between files. */
  path?: string;
  /** Counts texts given to the parser. */
  text: number;
  /** The digest of the text that is being parsed. */
  digest?: string;
}

const MAX_BYTES = 64 * 1024;

/**
 * One entry in a file that two processes share. It is written at once, so that it
 * tells what a process was at when it was killed in the middle of it, which a message
 * may not have left.
 */
export class Journal {
  readonly #descriptor: number;
  #entry: JournalEntry = { file: 0, text: 0 };

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  enterFile(path: string): void {
    const { file, text } = this.#entry;
    this.write({ file: file + 1, path, text });
  }

  leaveFile(): void {
    const { file, text } = this.#entry;
    this.write({ file, text });
  }

  enterText(digest: string): void {
    this.write({ ...this.#entry, text: this.#entry.text + 1, digest });
  }

  leaveText(): void {
    const { digest: _, ...entry } = this.#entry;
    this.write(entry);
  }

  write(entry: JournalEntry): void {
    this.#entry = entry;
    // What is left of a longer entry stands behind the end of the line.
    writeSync(this.#descriptor, `${JSON.stringify(entry)}\n`, 0, 'utf8');
  }

  /** Undefined where nothing was written yet, or it is being written right now. */
  read(): JournalEntry | undefined {
    const bytes = Buffer.alloc(MAX_BYTES);
    const length = readSync(this.#descriptor, bytes, 0, MAX_BYTES, 0);
    const line = bytes.subarray(0, length).toString('utf8').split('\n')[0];
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  }
}
