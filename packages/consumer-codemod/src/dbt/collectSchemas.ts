import { parse } from 'yaml';
import { DbtNode } from './readManifests';
import { schemaKey } from './schemaKey';

type Column = { name: string; type?: string };

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function readColumns(value: unknown, typeKey: string): Column[] {
  return list(value).flatMap(entry => {
    const type = entry[typeKey];
    return typeof entry.name === 'string'
      ? [
          {
            name: entry.name,
            ...(typeof type === 'string' && { type: type.toUpperCase() }),
          },
        ]
      : [];
  });
}

/**
 * Columns of other tables that the repository declares completely: BigQuery
 * schema files (`users.schema.json`). dbt lists columns for documentation and
 * often not all of them, so those only lend their types.
 */
export function collectSchemas(
  files: Iterable<{ path: string; text: string }>,
  nodes: readonly DbtNode[] = [],
): Map<string, Column[]> {
  const schemas = new Map<string, Column[]>();
  for (const { path, text } of files) {
    // Tests bring tables of their own, with the columns that they need.
    const found = /(^|\/)tests?\//.test(path)
      ? undefined
      : path.match(/([^/]+)\.schema\.json$/);
    if (found) {
      try {
        const parsed: unknown = JSON.parse(text);
        const fields = isRecord(parsed) ? parsed.fields : parsed;
        const columns = readColumns(fields, 'type');
        if (columns.length > 0) {
          declare(schemas, schemaKey(found[1]), columns);
        }
      } catch {
        // A broken schema file tells nothing.
      }
    } else if (/\.ya?ml$/.test(path) && /\bdata_type\b/.test(text)) {
      collectDbt(text, schemas);
    }
  }
  // The warehouse knows better than any file.
  for (const { args, columns, complete } of nodes) {
    if (complete) {
      schemas.set(schemaKey(args[args.length - 1]), columns);
    }
  }
  for (const [key, columns] of schemas) {
    if (columns.length === 0) {
      schemas.delete(key);
    }
  }
  return schemas;
}

/** Two tables of one name in different datasets tell nothing of either. */
function declare(
  schemas: Map<string, Column[]>,
  key: string,
  columns: Column[],
) {
  const known = schemas.get(key);
  const names = (all: Column[]) => all.map(({ name }) => name).join();
  if (known && names(known) !== names(columns)) {
    schemas.set(key, []);
  } else {
    schemas.set(key, columns);
  }
}

/** A dbt model whose columns all have a type is taken as declared. */
function collectDbt(text: string, schemas: Map<string, Column[]>) {
  let parsed: unknown;
  try {
    parsed = parse(text, { maxAliasCount: 20, logLevel: 'silent' });
  } catch {
    return;
  }
  if (!isRecord(parsed)) {
    return;
  }
  const tables = [
    ...list(parsed.models),
    ...list(parsed.sources).flatMap(source => list(source.tables)),
  ];
  for (const table of tables) {
    const columns = readColumns(table.columns, 'data_type');
    if (
      typeof table.name === 'string' &&
      columns.length > 0 &&
      columns.every(({ type }) => type !== undefined)
    ) {
      declare(schemas, schemaKey(table.name), columns);
    }
  }
}
