const KEPT_CHARACTERS = 8_000;
const SHOWN_LINES = 8;
const SHOWN_CHARACTERS = 1_500;

/** Keeps the last words of a process, without its secret. */
export class OutputTail {
  readonly #secret: string;
  #kept = '';

  constructor(secret: string) {
    this.#secret = secret;
  }

  add(text: string): void {
    this.#kept = (this.#kept + text).slice(-KEPT_CHARACTERS);
  }

  text(): string {
    return this.#kept
      .replaceAll(this.#secret, '***')
      .replaceAll('\0', '')
      .trim()
      .split('\n')
      .slice(-SHOWN_LINES)
      .join('\n')
      .slice(-SHOWN_CHARACTERS);
  }
}
