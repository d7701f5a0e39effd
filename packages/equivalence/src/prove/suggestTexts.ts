import { quoteText } from '../database/names';
import { Hints } from '../generate/collectHints';
import { ColumnType } from '../types/ColumnType';

/** How many texts, so that rows differ. */
const COUNT = 24;
const NUMBERS =
  /^(INT|INTEGER|INT64|BIGINT|SMALLINT|NUMBER|NUMERIC|BIGNUMERIC|DECIMAL|FLOAT|FLOAT64|DOUBLE)/i;
const TIMES = /^(DATE|DATETIME|TIMESTAMP)/i;

/** A document in which every path leads to a text of its own. */
function documentOf(paths: Iterable<string>, number: number): string {
  const root: Record<string, unknown> = {};
  for (const path of paths) {
    const keys = path
      .replace(/^\$/, '')
      .split(/[.[\]'"]+/)
      .filter(key => key !== '' && key !== '__proto__');
    let holder = root;
    for (const [index, key] of keys.entries()) {
      if (index === keys.length - 1) holder[key] ??= `${key}${number}`;
      else {
        const inner = holder[key];
        const next: Record<string, unknown> =
          typeof inner === 'object' && inner !== null ? { ...inner } : {};
        holder[key] = next;
        holder = next;
      }
    }
  }
  return JSON.stringify(root);
}

/**
 * Texts that queries and mapping can do something with: documents with the paths that
 * they read, numbers and dates where they cast to those. Anything else is NULL to them,
 * and NULL tells no columns apart.
 *
 * @returns SQL literals
 */
export function suggestTexts(
  name: string,
  type: ColumnType,
  hints: Hints,
): string[] {
  if (type.kind !== 'scalar') return [];
  const texts = Array.from({ length: COUNT }, (_, index) => index);
  const paths = hints.documents.get(name.toLowerCase());
  if (paths && /^(VARCHAR|JSON)$/.test(type.name)) {
    const suffix = type.name === 'JSON' ? '::JSON' : '';
    return texts.map(index => quoteText(documentOf(paths, index)) + suffix);
  }
  if (type.name !== 'VARCHAR') return [];
  const casts = [...(hints.casts.get(name.toLowerCase()) ?? [])];
  if (casts.some(to => NUMBERS.test(to))) {
    return texts.map(index => quoteText(String(3 + index * 13)));
  }
  return casts.some(to => TIMES.test(to))
    ? texts.map(index =>
        quoteText(
          new Date(Date.UTC(2024, 5, 15 - index)).toISOString().slice(0, 10),
        ),
      )
    : [];
}
