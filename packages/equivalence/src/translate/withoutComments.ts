import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, TextEdit } from './applyEdits';
import { tokens } from './polyglot';

/**
 * Takes comments out: the parser hangs them on whatever is near, where an output or
 * a table is then not what it looks like.
 *
 * @throws TranslationError when the text cannot be split into tokens
 */
export function withoutComments(sql: string, dialect: SqlDialect): string {
  if (!/--|\/\*|#|\/\//.test(sql)) return sql;
  const list = tokens(sql, dialect);
  const points = Array.from(sql);
  const starts = [0, ...list.map(({ end }) => end)];
  const ends = [...list.map(({ start }) => start), undefined];
  const edits: TextEdit[] = [];
  for (const [index, start] of starts.entries()) {
    const end = ends[index] ?? points.length;
    const gap = points.slice(start, end).join('');
    if (gap.trim() === '') continue;
    edits.push({ start, end, text: gap.includes('\n') ? '\n' : ' ' });
  }
  return applyEdits(sql, edits);
}
