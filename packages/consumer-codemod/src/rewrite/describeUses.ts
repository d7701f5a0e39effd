import {
  DatasetUse,
  MAX_USE_STEPS,
  Place,
  Route,
  UseStep,
} from 'backstage-plugin-dataset-migration-common';
import { FieldUse, OldRead, ReadStar } from '../resolve/Reads';
import { SqlAnalysis } from './analyzeSql';
import { outputsOf, outputsOfColumn } from './outputs';
import { starFields } from './starFields';
import { View } from './View';

/** Uses that read a common table expression, of one file: more tell nothing new. */
const MAX_INDIRECT = 200;

/** Lists each use of the old dataset in a SQL file once. */
export function describeUses(
  placeOf: (start: number, end: number) => Place,
  text: string,
  analysis: SqlAnalysis,
  view: View,
  route: Route,
): DatasetUse[] {
  const uses = new Map<string, DatasetUse>();
  const add = (
    start: number,
    end: number,
    use: Omit<DatasetUse, 'place' | 'route' | 'snippet'>,
  ) => {
    const kind = use.field ? view.fields.get(use.field)?.kind : undefined;
    const key = `${String(start).padStart(9, '0')}:${use.context}:${use.field}`;
    uses.set(key, {
      place: placeOf(start, end),
      route: kind === 'question' ? 'question' : route,
      snippet: text.slice(start, end),
      ...use,
      ...(use.field && {
        field: view.fields.get(use.field)?.name ?? use.field,
      }),
    });
  };
  let indirect = 0;
  for (const { statements, tokens } of analysis.variants) {
    for (const read of statements.flatMap(statement => statement.reads)) {
      const via = aliasOf(read);
      add(read.start, read.end, { context: 'table' });
      for (const use of read.uses) {
        add(use.column.nameStart, use.column.nameEnd, {
          ...describeUse(use),
          ...(via.length > 0 && { via }),
        });
      }
      for (const star of read.stars) {
        const { item } = star;
        const { start } = tokens.list[item.start];
        add(start, tokens.list[item.end - 1].end, { context: 'star' });
        for (const use of behindStar(star, via, view)) {
          if (indirect++ < MAX_INDIRECT) {
            add(use.start, use.end, use.use);
          }
        }
      }
    }
  }
  return [...uses.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, use]) => use);
}

function describeUse({ clause, field, sink }: FieldUse) {
  const outputs = outputsOf(sink);
  return {
    context: clause === 'from' ? 'join' : clause,
    field,
    ...(outputs.length > 0 && { outputs }),
  };
}

function aliasOf({ item }: OldRead): UseStep[] {
  return item.alias ? [{ kind: 'alias', name: item.alias }] : [];
}

/** Who reads the fields that a star brings along by their names. */
function behindStar(star: ReadStar, via: UseStep[], view: View) {
  return [...starFields(star, view)].flatMap(field =>
    (star.demand.names.get(field) ?? []).flatMap(reader => {
      if (reader.start < 0 || !reader.sink) {
        return [];
      }
      const outputs = outputsOf(reader.sink);
      const steps = [
        ...via,
        ...(reader.via ?? []).map((name): UseStep => ({ kind: 'cte', name })),
      ].slice(0, MAX_USE_STEPS);
      const use = {
        context: reader.sink.as === 'filter' ? 'filter' : 'projection',
        field,
        via: steps,
        ...(outputs.length > 0 && { outputs }),
        indirect: true,
      };
      return [{ start: reader.start, end: reader.end, use }];
    }),
  );
}

/** The output columns of a file's statements, each with the old fields in it. */
export function carriedFields(
  analysis: SqlAnalysis,
  view: View,
): Map<string, Set<string>> {
  const carried = new Map<string, Set<string>>();
  for (const { statements } of analysis.variants) {
    for (const read of statements.flatMap(({ reads }) => reads)) {
      const note = (field: string, name: string | undefined) => {
        if (name) {
          const key = name.toLowerCase();
          carried.set(key, (carried.get(key) ?? new Set()).add(field));
        }
      };
      for (const { field, sink } of read.uses) {
        outputsOf(sink).forEach(({ name }) => note(field, name));
      }
      for (const star of read.stars) {
        for (const field of starFields(star, view)) {
          const outputs = outputsOfColumn(star.demand, field);
          outputs.forEach(({ name }) => note(field, name));
        }
      }
    }
  }
  return carried;
}
