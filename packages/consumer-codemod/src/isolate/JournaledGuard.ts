import { FileGuard, LostFile } from '../rewrite/FileGuard';
import { FileResult } from '../rewrite/FileResult';
import { Journal } from './Journal';

/** Says before each file which one it is, and does no work twice. */
export class JournaledGuard implements FileGuard {
  readonly lost: Map<string, LostFile>;
  readonly #known: Map<string, FileResult>;
  readonly #journal: Journal;
  readonly #say: (result: FileResult) => void;

  constructor(options: {
    journal: Journal;
    lost: readonly LostFile[];
    known: readonly FileResult[];
    say(result: FileResult): void;
  }) {
    this.lost = new Map(options.lost.map(each => [each.path, each]));
    this.#known = new Map(options.known.map(each => [each.path, each]));
    this.#journal = options.journal;
    this.#say = options.say;
  }

  *each<T extends { path: string }>(files: readonly T[]): Iterable<T> {
    for (const file of files) {
      if (!this.lost.has(file.path)) {
        this.#journal.enterFile(file.path);
        yield file;
      }
    }
    this.#journal.leaveFile();
  }

  async work(
    path: string,
    { again }: { again: boolean },
    work: () => Promise<FileResult | undefined>,
  ): Promise<FileResult | LostFile | undefined> {
    const known = again ? undefined : this.#known.get(path);
    if (known) {
      return known;
    }
    this.#journal.enterFile(path);
    try {
      const result = await work();
      if (result && !again) {
        this.#say(result);
      }
      return result;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      const lost: LostFile = {
        path,
        reason: 'REWRITE_CRASHED',
        detail: detail.slice(0, 300),
      };
      this.lost.set(path, lost);
      return lost;
    } finally {
      this.#journal.leaveFile();
    }
  }
}
