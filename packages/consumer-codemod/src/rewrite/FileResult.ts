import { DatasetUse, Finding } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';

/** One statement of a rewritten file, before and after, for a proof that both agree. */
export interface RewrittenStatement {
  /** `statement 1`, with the live Jinja branches. */
  label: string;
  /**
   * Runnable SQL: the old dataset by its table name, other Jinja references by an
   * identifier. Of `INSERT`, `MERGE` and `CREATE TABLE AS` only the reading part.
   */
  oldSql: string;
  newSql: string;
  /** Other tables read, with what is known or inferred of their columns. */
  tables: Array<{
    name: string;
    /** `guessed`: read off the query, not declared. */
    columns?: Array<{ name: string; type?: string; guessed?: boolean }>;
  }>;
  /** True if the statement ends with `ORDER BY`. */
  ordered: boolean;
  /** Jinja macros that both texts print, and settings whose values both rest on. */
  assumed?: string[];
}

/** What became of one file. */
export interface FileResult {
  path: string;
  /** Absent if the file is not changed. */
  after?: string;
  statements: RewrittenStatement[];
  /** What makes `after` of the text, where that is known. */
  edits?: Edit[];
  uses: DatasetUse[];
  findings: Finding[];
  /** The work on it did not come to an end, so that no other file may change it either. */
  lost?: boolean;
  /** Other files that had to change with this one: all of them do, or none. */
  together?: FileResult[];
  /** Lower case output columns, each with the old fields (lower case) in it. */
  carried?: ReadonlyMap<string, ReadonlySet<string>>;
}
