/** Rows of one table, as text that casts back to the column's type. */
export interface SampleTable {
  name: string;
  columns: Array<{
    name: string;
    /** As DuckDB names it; guessed from the values where not `typed`. */
    type: string;
  }>;
  /** False for CSV, which has no types of its own. */
  typed: boolean;
  rows: Array<Array<string | null>>;
  complete: boolean;
}

/** Which rows of a table are read. */
export interface SampleRows {
  limit: number;
  /** Only rows whose columns have one of these values, printed as rows are. */
  where?: {
    columns: readonly string[];
    values: ReadonlyArray<ReadonlyArray<string | null>>;
  };
}

/** Reads tables of a sample. */
export interface SampleReader {
  /** The table that one of the names means, the first that is there. */
  find(names: readonly string[]): string | undefined;
  /** Rows of a table that `find` found. */
  read(name: string, rows: SampleRows): Promise<SampleTable>;
  close(): Promise<void>;
}

/** The table of a sample that one of the names means, by as many parts as both have. */
export function findTable<T extends { name: string }>(
  tables: readonly T[],
  names: readonly string[],
): T | undefined {
  for (const name of names) {
    const wanted = partsOf(name);
    const found = tables.find(table => {
      const parts = partsOf(table.name);
      const length = Math.min(parts.length, wanted.length);
      return parts.slice(-length).join() === wanted.slice(-length).join();
    });
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The columns of a table by their names. @throws where it lacks one */
export function columnsNamed<T extends { name: string }>(
  columns: readonly T[],
  names: readonly string[],
): T[] {
  return names.map(name => {
    const found = columns.find(
      each => each.name.toLowerCase() === name.toLowerCase(),
    );
    if (!found) {
      throw new Error(`The sample has no column ${name}`);
    }
    return found;
  });
}

function partsOf(name: string): string[] {
  return name.toLowerCase().replace(/[`"]/g, '').split('.');
}
