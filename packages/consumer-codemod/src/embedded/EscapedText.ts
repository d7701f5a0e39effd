import { EmbeddedPart, HostLiteral } from './EmbeddedSql';

/** Collects the parts of a literal's source: plain stretches, and escapes with what they mean. */
export class EscapedText {
  readonly #parts: EmbeddedPart[] = [];
  /** Where the plain text since the last escape begins. */
  #plain: number;

  constructor(
    readonly source: string,
    start: number,
    readonly literal: HostLiteral,
  ) {
    this.#plain = start;
  }

  /** An escape, after the plain text before it. */
  escape(start: number, end: number, meaning: string): void {
    this.#take(start);
    this.#add(meaning, start, end);
    this.#plain = end;
  }

  /** All parts, once nothing but plain text is left up to the end. */
  finish(end: number): EmbeddedPart[] {
    this.#take(end);
    return this.#parts;
  }

  #take(end: number): void {
    if (end > this.#plain) {
      this.#add(this.source.slice(this.#plain, end), this.#plain, end);
    }
  }

  #add(text: string, start: number, end: number): void {
    const { literal } = this;
    this.#parts.push({ kind: 'text', text, start, end, literal });
  }
}
