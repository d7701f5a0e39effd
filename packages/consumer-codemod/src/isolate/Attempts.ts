import { FileResult } from '../rewrite/FileResult';
import { LostFile } from '../rewrite/FileGuard';
import { ChildEnd } from './runInChild';

/** Texts of one file over which the parser may break down before the file is given up. */
const MAX_LOST_TEXTS = 3;
/** What is known of one consumer over the processes that it took. */
export class Attempts {
  readonly known = new Map<string, FileResult>();
  readonly lost = new Map<string, LostFile>();
  readonly lostTexts = new Map<string, string>();
  /** Files with which a process ended once; what came before them may have been to blame. */
  readonly #suspects = new Set<string>();
  readonly #textsOf = new Map<string, number>();

  /** @throws Error where the process did not break down over a file */
  blame({ kind, message, at }: Exclude<ChildEnd, { kind: 'done' }>): void {
    const path = at?.path;
    if (path === undefined || this.lost.has(path)) {
      throw new Error(`The process of the codemod broke down: ${message}`);
    }
    const texts = this.#textsOf.get(path) ?? 0;
    if (at?.digest !== undefined && texts < MAX_LOST_TEXTS) {
      this.#textsOf.set(path, texts + 1);
      this.lostTexts.set(at.digest, parserMessage(kind));
      return;
    }
    const alone = at?.file === 1 || this.#suspects.has(path);
    if ((kind === 'memory' || kind === 'ended') && !alone) {
      this.#suspects.add(path);
      return;
    }
    this.lost.set(path, {
      path,
      reason: kind === 'timeout' ? 'REWRITE_TIMEOUT' : 'REWRITE_CRASHED',
      detail: message.slice(0, 300),
    });
  }
}

function parserMessage(kind: Exclude<ChildEnd['kind'], 'done'>): string {
  switch (kind) {
    case 'timeout':
      return 'The parser ran out of time';
    case 'memory':
      return 'The parser ran out of memory';
    default:
      return 'The parser process ended while it parsed';
  }
}
