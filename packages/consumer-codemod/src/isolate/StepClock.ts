import { JournalEntry } from './Journal';

/** How long the file and the text have been worked on that a journal names, in milliseconds. */
export class StepClock {
  #last: JournalEntry | undefined;
  #file = Date.now();
  #text = Date.now();

  tick(entry: JournalEntry | undefined): { file: number; text: number } {
    const now = Date.now();
    const last = this.#last;
    if (entry && (entry.file !== last?.file || entry.path !== last.path)) {
      this.#file = now;
    }
    if (entry && (entry.text !== last?.text || entry.digest !== last.digest)) {
      this.#text = now;
    }
    this.#last = entry ?? last;
    return {
      file: now - this.#file,
      text: this.#last?.digest === undefined ? 0 : now - this.#text,
    };
  }
}
