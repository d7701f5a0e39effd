import { EmbeddedPart, EmbeddedSql } from '../embedded/EmbeddedSql';
import { matchHoles, TableHole } from '../embedded/tableHoles';
import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';

/** A string that is nothing but the old table's name, as BigQuery's clients take it. */
export interface TableSpec {
  /** The name as SQL writes it: with dots only. */
  dotted: EmbeddedSql;
  /** `project:dataset.table`. */
  colon: boolean;
  /** The new name in the same form, holes as marks. */
  replacement: string;
  /** Holes that have to print another name. */
  changes: TableHole[];
}

/** Matches a string that names the old table. */
export function matchSpec(
  sql: EmbeddedSql,
  file: string,
  context: RewriteContext,
): TableSpec | undefined {
  let colon = false;
  const parts = sql.parts.map((part): EmbeddedPart => {
    if (part.kind === 'hole') {
      const value = part.value?.replace(':', '.');
      colon = colon || value !== part.value;
      return { ...part, ...(value !== undefined && { value }) };
    }
    const text = part.text.replace(':', '.');
    colon = colon || text !== part.text;
    return { ...part, text };
  });
  const dotted = { ...sql, parts };
  const virtual = new VirtualSql(dotted, file);
  const text = virtual.text.replace(/^`(.*)`$/, '$1');
  if (!/^[\w.-]*(?:\{\{ hole_\d+ \}\}[\w.-]*)*$/.test(text)) {
    return undefined;
  }
  const { matcher, changes } = matchHoles(
    virtual,
    context.mapping,
    context.matcher,
  );
  const match = matcher.matchTable(text);
  if (!match) {
    return undefined;
  }
  const { replacement } = match;
  const parted = replacement.split('.').length > 2;
  return {
    dotted,
    colon,
    replacement: colon && parted ? replacement.replace('.', ':') : replacement,
    changes,
  };
}
