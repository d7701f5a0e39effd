import { looksLikeSql } from '../embedded';
import { NameMatcher } from '../names/NameMatcher';
import { findMentions } from '../text/findMentions';

/** What a string that names the old dataset is. */
export type TextKind =
  | 'none'
  | 'sql'
  | 'table'
  /** The table's own name without its dataset. */
  | 'short'
  | 'file'
  | 'fragment';

/** `project:dataset.table` as well as `project.dataset.table`. */
export function plainTableName(text: string): string {
  return text
    .trim()
    .replace(/^`([^`]*)`$/, '$1')
    .replace(/^([\w-]+):/, '$1.');
}

export function classifyText(text: string, matcher: NameMatcher): TextKind {
  if (findMentions(text, matcher, undefined).length === 0) {
    return text.includes('*`') && looksLikeSql(text) ? 'sql' : 'none';
  }
  if (looksLikeSql(text)) {
    return 'sql';
  }
  const name = plainTableName(text);
  if (/^[\w.{}$-]+$/.test(name)) {
    if (matcher.matchTable(name) && name.includes('.')) {
      return 'table';
    }
    if (!name.includes('.')) {
      return 'short';
    }
  }
  return /\.(sql|sqlx|bqsql|py|j2|jinja2?|md)$/.test(text.trim()) &&
    !/\s/.test(text.trim())
    ? 'file'
    : 'fragment';
}

/** Matches a path with everything that can belong to it. */
const PATH = /[\w.{}$:-]*/;

/**
 * Mentions whose dataset is decided at run time, such as `{dataset}.t1`. A path that
 * is written out and is not the old dataset's names another table.
 */
export function hasOpenMention(text: string, matcher: NameMatcher): boolean {
  return findMentions(text, matcher, /--[^\n]*|\/\*[^]*?\*\//g).some(
    ({ start, end }) => {
      const before = new RegExp(`${PATH.source}$`).exec(
        text.slice(Math.max(0, start - 300), start),
      );
      const path = `${before?.[0] ?? ''}${text.slice(start, end)}`;
      return /[{}:]/.test(path) || text[start - 1] === '[' || text[end] === '{';
    },
  );
}
