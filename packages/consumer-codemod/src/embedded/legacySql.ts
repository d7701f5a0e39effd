import { FileResult } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';

const TABLE = /\[([\w-]+):([\w-]+\.[\w-]+)\]/g;

/** BigQuery's first dialect, which says so or has its own way to write a table. */
export function isLegacy(text: string): boolean {
  return (
    /^\s*#\s*legacysql/i.test(text) ||
    /\[[\w-]+:[\w.$-]+\]/.test(text) ||
    /\b(?:from|join)\s*\[/i.test(text)
  );
}

/**
 * A query of one table with nothing in it that the two dialects read differently,
 * as far as names go. Its table is written in another way, of the same length.
 */
export function isSimpleLegacy(text: string): boolean {
  const tables = [...text.matchAll(TABLE)];
  const words = text.replace(/'[^']*'|"[^"]*"/g, ' ');
  return (
    tables.length === 1 &&
    (words.match(/\[/g) ?? []).length === 1 &&
    (words.match(/\bselect\b/gi) ?? []).length === 1 &&
    (words.match(/\bfrom\b/gi) ?? []).length === 1 &&
    !/\]\s*,/.test(words) &&
    !/\b(join|flatten|within|ignore case|omit|each|with|union)\b/i.test(words)
  );
}

export function toStandard(text: string): string {
  return text.replace(TABLE, '`$1.$2`');
}

export function toLegacy(text: string): string {
  return text.replace(/`([\w-]+)\.([\w-]+\.[\w-]+)`/g, '[$1:$2]');
}

/** Nothing but names, literals and comparisons, which mean the same in both dialects. */
export function isTranslatable(text: string): boolean {
  return (
    !/^\s*#/.test(text) &&
    !/[("`]|\b(group|having|contains)\b/i.test(text.replace(/'[^']*'/g, ' '))
  );
}

/** Only names change: an expression of the mapping is none of this dialect. */
export function keepsLegacy(
  result: FileResult,
  { mapping }: RewriteContext,
): boolean {
  return (
    result.findings.length === 0 &&
    mapping.rows.grain === 'same' &&
    mapping.rows.where === undefined &&
    result.uses.every(
      ({ field, context }) =>
        context !== 'star' &&
        (field === undefined ||
          mapping.fields.some(
            each =>
              each.name.toLowerCase() === field.toLowerCase() &&
              (each.kind === 'same' || each.kind === 'rename') &&
              /^\w+$/.test(each.is),
          )),
    )
  );
}
