import { CommandDocument } from './CommandDocument';

/**
 * What a command says. With `--json` that is one document and nothing else. Where a
 * patch is printed, the report goes to standard error, so that the patch can be piped.
 */
export class Output {
  readonly #json: boolean;
  readonly #report: NodeJS.WritableStream;

  constructor(options: { json: boolean; patchOnly: boolean }) {
    this.#json = options.json;
    this.#report = options.patchOnly ? process.stderr : process.stdout;
  }

  /** Lines of the report. Control characters of a repository do not reach the terminal. */
  lines(lines: string[]): void {
    if (!this.#json && lines.length > 0) {
      this.#report.write(`${lines.map(printable).join('\n')}\n`);
    }
  }

  /** What goes on, for whoever waits at a terminal. */
  progress(message: string): void {
    if (!this.#json && process.stderr.isTTY) {
      process.stderr.write(`${printable(message)} …\n`);
    }
  }

  patch(patch: Buffer): void {
    if (!this.#json) {
      process.stdout.write(patch);
    }
  }

  document(document: CommandDocument): void {
    if (this.#json) {
      process.stdout.write(`${JSON.stringify(document)}\n`);
    }
  }

  error(message: string): void {
    process.stderr.write(`${printable(message)}\n`);
  }
}

/** Neither control nor direction of what is shown is the repository's to decide. */
function printable(line: string): string {
  return line.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, character =>
    character === '\n' ? character : '\ufffd',
  );
}
