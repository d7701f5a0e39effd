import { SqlToken } from '../parser/SqlParser';

const OPENING = new Set(['(', '[']);
const CLOSING = new Set([')', ']']);

/** Read access to a token list by index; out of range reads as nothing. */
export class Tokens {
  /** For each opening bracket the index of its closing one. */
  readonly #close = new Map<number, number>();

  constructor(readonly list: readonly SqlToken[]) {
    const open: number[] = [];
    for (const [index, token] of list.entries()) {
      if (token.kind !== 'symbol') {
        continue;
      }
      if (OPENING.has(token.text)) {
        open.push(index);
      } else if (CLOSING.has(token.text)) {
        const start = open.pop();
        if (start !== undefined) {
          this.#close.set(start, index);
        }
      }
    }
  }

  /** Upper case text of a bare word, or a symbol; nothing for quoted names and literals. */
  word(index: number): string {
    const token = this.list[index];
    return token && (token.kind === 'word' || token.kind === 'symbol')
      ? token.text.toUpperCase()
      : '';
  }

  is(index: number, ...words: string[]): boolean {
    return words.every((word, i) => this.word(index + i) === word);
  }

  isName(index: number): boolean {
    const kind = this.list[index]?.kind;
    return kind === 'word' || kind === 'quoted';
  }

  /** A name without its quotes. */
  name(index: number): string {
    return (this.list[index]?.text ?? '').replace(/[`"]/g, '');
  }

  isOpening(index: number): boolean {
    const token = this.list[index];
    return token?.kind === 'symbol' && OPENING.has(token.text);
  }

  /** The index after the bracket that closes the one at `index`. */
  after(index: number): number {
    return (this.#close.get(index) ?? this.list.length - 1) + 1;
  }

  /** True if the tokens touch, as in `my-project`. */
  touches(index: number): boolean {
    return this.list[index - 1]?.end === this.list[index]?.start;
  }
}
