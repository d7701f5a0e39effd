import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBConnection } from '@duckdb/node-api';
import { SampleConnection } from 'backstage-plugin-dataset-migration-common';
import { quoteName, quoteText } from '../database/names';

/** How a table of a sample is called, and read. */
export interface TableReference {
  /** `schema.table` or the name of the file, without its ending. */
  name: string;
  from: string;
  /** The same with every column as text. */
  asText?: string;
}

const FILE = /\.(csv|parquet)(?:\.gz)?$/i;

/** A sample that the engine itself can read. */
export type FileConnection = Exclude<SampleConnection, { kind: 'postgres' }>;

/** Every table of a sample. @throws where it cannot be read */
export function listTables(
  connection: FileConnection,
  database: DuckDBConnection,
): Promise<TableReference[]> {
  return connection.kind === 'duckdb'
    ? attachedTables(database, connection.file)
    : directoryTables(connection.path);
}

async function attachedTables(
  database: DuckDBConnection,
  file: string,
): Promise<TableReference[]> {
  await database.run(`ATTACH ${quoteText(file)} AS sample (READ_ONLY)`);
  const reader = await database.runAndReadAll(
    `SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'sample'
     UNION ALL
     SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = 'sample' AND NOT internal
     ORDER BY ALL`,
  );
  return reader.getRowsJson().map(([schema, table]) => ({
    name: `${schema}.${table}`,
    from: `sample.${quoteName(String(schema))}.${quoteName(String(table))}`,
  }));
}

/** Files named after tables, and directories of such files. */
async function directoryTables(directory: string): Promise<TableReference[]> {
  const tables: TableReference[] = [];
  const entries = await readdir(directory, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) {
      const inside = (await readdir(path)).filter(name => FILE.test(name));
      const kind = FILE.exec(inside[0] ?? '')?.[1];
      if (kind) {
        tables.push(
          fileTable(
            entry.name,
            inside
              .filter(name => FILE.exec(name)?.[1] === kind)
              .sort()
              .map(name => join(path, name)),
          ),
        );
      }
    } else if (FILE.test(entry.name)) {
      tables.push(fileTable(entry.name.replace(FILE, ''), [path]));
    }
  }
  return tables;
}

function fileTable(name: string, files: string[]): TableReference {
  const list = `[${files.map(quoteText).join(', ')}]`;
  return /\.parquet$/i.test(files[0])
    ? { name, from: `read_parquet(${list})` }
    : {
        name,
        from: `read_csv(${list}, header = true)`,
        asText: `read_csv(${list}, header = true, all_varchar = true)`,
      };
}
