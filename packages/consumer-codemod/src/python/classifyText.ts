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
  /** The bare name among other words. */
  | 'prose'
  | 'fragment';

/** `project:dataset.table` as well as `project.dataset.table`. */
export function plainTableName(text: string): string {
  return text
    .trim()
    .replace(/^`([^`]*)`$/, '$1')
    .replace(/^([\w-]+):/, '$1.');
}

export function classifyText(text: string, matcher: NameMatcher): TextKind {
  const mentions = findMentions(text, matcher, undefined);
  if (mentions.length === 0) {
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
    if (/^[\w.-]+$/.test(name) && matcher.knowsDataset) {
      // A table of that name in another dataset.
      return 'prose';
    }
  }
  if (isFileName(text.trim())) {
    return 'file';
  }
  return mentions.some(({ start, end }) => isReference(text, start, end))
    ? 'fragment'
    : 'prose';
}

/** True if the examples of a docstring, which run as tests, name the old dataset as a table. */
export function isDoctest(text: string, matcher: NameMatcher): boolean {
  const code = [...text.matchAll(/^[ \t]*(?:>>>|\.\.\.)[ \t](.*)$/gm)]
    .map(([, line]) => line)
    .join('\n');
  return /^(sql|table|fragment)$/.test(classifyText(code, matcher));
}

/** A path or the name of a file, but not a table's resource path. */
function isFileName(text: string): boolean {
  return (
    !/\s/.test(text) &&
    !/(^|\/)tables\//.test(text) &&
    (/\.(sql|sqlx|bqsql|py|j2|jinja2?|md|csv|tsv|txt|json|ya?ml|parquet|avro|orc|gz|zip|dat|html|png|xlsx?|pkl)$/i.test(
      text,
    ) ||
      /^[a-z]\w*:\/\//.test(text) ||
      (text.includes('/') && !text.includes('.')))
  );
}

/** True if the name stands as a table does: with its dataset, or behind `FROM`. */
function isReference(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  return (
    text.slice(start, end).includes('.') ||
    /[\w}\])`]\.$|[{/:]$/.test(before) ||
    /\b(from|join|into|table|update|view)\s+[`[(]?$/i.test(before) ||
    /[`\]]/.test(text.charAt(end))
  );
}

/** Matches a path with everything that can belong to it. */
const PATH = /[\w.{}$:`-]*/;

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
