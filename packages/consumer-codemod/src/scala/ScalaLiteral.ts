import { HostLiteral } from '../embedded/EmbeddedSql';
import { CodeNode } from '../treeSitter/CodeParser';
import { ScalaFile } from './ScalaFile';

/** How a string literal is written, which decides what an edit in it has to look like. */
export interface LiteralStyle {
  triple: boolean;
  /** `s`, `f` or `raw`; empty for a plain string. */
  interpolator: string;
  /** `.stripMargin` is called on it. */
  margin: boolean;
  /** `.format(…)` is called on it. */
  formatted: boolean;
}

/** Writes text as it has to stand between the quotes of a literal; nothing if it cannot. */
export function encodeText(
  text: string,
  style: LiteralStyle,
  marginPrefix = '',
): string | undefined {
  const { triple, interpolator } = style;
  let encoded = text;
  if (/[^\P{Cc}\t\n\r]/u.test(encoded)) {
    return undefined;
  }
  if (style.formatted || interpolator === 'f') {
    encoded = encoded.replace(/%/g, '%%');
  }
  if (interpolator) {
    encoded = encoded.replace(/\$/g, '$$$$');
  }
  // `s` and `f` read escapes in any quotes, `raw` and plain triple quotes in none.
  const escapes =
    interpolator === 's' || interpolator === 'f' || (!interpolator && !triple);
  if (!escapes && /\\u/.test(encoded)) {
    return undefined;
  }
  if (escapes) {
    encoded = encoded.replace(/\\/g, '\\\\');
  }
  if (triple) {
    return encoded.includes('"""')
      ? undefined
      : encoded.replace(/\n/g, `\n${marginPrefix}`);
  }
  if (interpolator && encoded.includes('"')) {
    // Older compilers end the string here, escaped or not.
    return undefined;
  }
  if (!escapes) {
    return /["\n\r]/.test(encoded) ? undefined : encoded;
  }
  return encoded
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
}

/** The literal of a string node, without its quotes. */
export function literalOf(
  file: ScalaFile,
  node: CodeNode,
  style: LiteralStyle,
): HostLiteral {
  const quotes = style.triple ? 3 : 1;
  const start = node.start + style.interpolator.length + quotes;
  const end = node.end - quotes;
  const prefix = style.margin
    ? file.text.slice(start, end).match(/\n([ \t]*\|)/)?.[1] ??
      (style.triple ? undefined : '')
    : '';
  return {
    start,
    end,
    encode: text =>
      prefix === undefined && text.includes('\n')
        ? undefined
        : encodeText(text, style, prefix),
  };
}
