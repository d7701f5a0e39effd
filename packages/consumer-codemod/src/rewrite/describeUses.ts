import { DatasetUse, Route } from 'backstage-plugin-dataset-migration-common';
import { placeAt } from '../text/placeAt';
import { SqlAnalysis } from './analyzeSql';
import { View } from './View';

/** Lists each use of the old dataset in a SQL file once. */
export function describeUses(
  path: string,
  text: string,
  analysis: SqlAnalysis,
  view: View,
  route: Route,
): DatasetUse[] {
  const uses = new Map<string, DatasetUse>();
  const add = (start: number, end: number, context: string, field?: string) => {
    const kind = field ? view.fields.get(field)?.kind : undefined;
    uses.set(`${String(start).padStart(9, '0')}:${context}`, {
      place: placeAt(path, text, start, end),
      context,
      route: kind === 'question' ? 'question' : route,
      snippet: text.slice(start, end),
      ...(field && { field: view.fields.get(field)?.name ?? field }),
    });
  };
  for (const { statements, tokens } of analysis.variants) {
    for (const read of statements.flatMap(statement => statement.reads)) {
      add(read.start, read.end, 'table');
      for (const { column, clause, field } of read.uses) {
        const context = clause === 'from' ? 'join' : clause;
        add(column.nameStart, column.nameEnd, context, field);
      }
      for (const { item } of read.stars) {
        add(
          tokens.list[item.start].start,
          tokens.list[item.end - 1].end,
          'star',
        );
      }
    }
  }
  return [...uses.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, use]) => use);
}
