import { ChildProcess } from 'child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { DatasetUse } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { isManifestPath } from '../dbt/readManifests';
import { firstLook } from '../rewrite/firstLook';
import { CodemodResult } from '../rewriteConsumer';
import { Attempts } from './Attempts';
import { ChildEnd, runInChild } from './runInChild';
import { CodemodRequest } from './CodemodRequest';
import { Journal } from './Journal';
import { startChild } from './startChild';

export interface ChildCodemodOptions {
  /** For one file, in milliseconds; 60 s by default. */
  fileMs?: number;
  /** For one text that is parsed, in milliseconds; 20 s by default. */
  textMs?: number;
  /** Limit of memory beside what the files themselves take, in MiB; 1024 by default. */
  memoryMb?: number;
  /** The module to start; the package's own `./codemod-process` by default. */
  entry?: string;
}

export type CodemodWork = CodemodRequest['input'];

/** Files are held as bytes, as the message that brought them, and as text. */
const COPIES_OF_FILES = 4;

/**
 * Rewrites consumers in a disposable child process: a loop, a crash or a memory
 * explosion costs the file that it happened with, which is handed over, and the others
 * get a new process. What was found out before is not done again.
 */
export class ChildCodemod {
  readonly #options: Required<ChildCodemodOptions>;
  #child: ChildProcess | undefined;
  #journal: number | undefined;
  #nextId = 1;
  #closed = false;
  #running = false;
  /** One consumer after the other, so that a crash has one culprit. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ChildCodemodOptions = {}) {
    this.#options = {
      fileMs: options.fileMs ?? 60_000,
      textMs: options.textMs ?? 20_000,
      memoryMb: options.memoryMb ?? 1024,
      entry:
        options.entry ??
        require.resolve('dataset-migration-consumer-codemod/codemod-process'),
    };
  }

  /** As `rewriteConsumer`. @throws Error where the process broke down over no file */
  rewrite(input: CodemodWork): Promise<CodemodResult> {
    if (!mayName(input)) {
      return Promise.resolve({
        files: [],
        uses: [],
        findings: [],
        outcome: 'not-affected',
      });
    }
    const result = this.#queue.then(async () => {
      this.#running = true;
      try {
        return await this.#rewriteNow(input);
      } finally {
        this.#running = false;
        if (this.#closed) {
          this.#end();
        }
      }
    });
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** Every remaining read of the old dataset; writes nothing. */
  async findReads(input: CodemodWork): Promise<DatasetUse[]> {
    const { uses } = await this.rewrite({ ...input, direct: true });
    return uses;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#running) {
      // Whoever waits for it is told, and cleans up.
      this.#child?.kill('SIGKILL');
    } else {
      this.#end();
    }
  }

  async #rewriteNow(input: CodemodWork): Promise<CodemodResult> {
    const bytes = input.files.reduce(
      (sum, { content }) => sum + content.length,
      0,
    );
    const memoryMb =
      this.#options.memoryMb + (COPIES_OF_FILES * bytes) / 1024 / 1024;
    const attempts = new Attempts();
    for (;;) {
      if (this.#closed) {
        throw new Error('The codemod was closed');
      }
      const { child, journal } = this.#started(memoryMb);
      const end = await runInChild({
        child,
        journal,
        request: {
          id: this.#nextId++,
          input,
          known: [...attempts.known.values()],
          lost: [...attempts.lost.values()],
          lostTexts: attempts.lostTexts,
        },
        limits: { ...this.#options, memoryMb },
        onFile: result => attempts.known.set(result.path, result),
      });
      if (end.kind === 'done') {
        return withBefore(end.result, input);
      }
      this.#end();
      if (!this.#closed) {
        attempts.blame(end);
      }
    }
  }

  #started(memoryMb: number): { child: ChildProcess; journal: Journal } {
    if (this.#child && !this.#child.connected) {
      this.#end();
    }
    this.#journal ??= openUnnamed();
    const journal = new Journal(this.#journal);
    if (!this.#child) {
      journal.write({ file: 0, text: 0 });
      this.#child = startChild(this.#options.entry, memoryMb, [this.#journal]);
    }
    return { child: this.#child, journal };
  }

  #end() {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    if (this.#journal !== undefined) {
      closeSync(this.#journal);
      this.#journal = undefined;
    }
  }
}

/** Most consumers do not name the dataset, which their bytes tell without any process. */
function mayName({ mapping, files }: CodemodWork): boolean {
  const first = firstLook(new NameMatcher(mapping), mapping.dialect);
  return files.some(
    ({ path, content }) => isManifestPath(path) || first(path, content),
  );
}

function withBefore(
  { files, ...result }: Extract<ChildEnd, { kind: 'done' }>['result'],
  input: CodemodWork,
): CodemodResult {
  const contents = new Map(
    input.files.map(({ path, content }) => [path, content]),
  );
  return {
    ...result,
    files: files.flatMap(file => {
      const before = contents.get(file.path);
      return before ? [{ ...file, before }] : [];
    }),
  };
}

/** A file that goes with the last process that has it open. */
function openUnnamed(): number {
  const directory = mkdtempSync(join(tmpdir(), 'dataset-migration-journal-'));
  try {
    return openSync(join(directory, 'journal'), 'w+', 0o600);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
