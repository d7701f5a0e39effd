import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { ColumnSpan } from '../parser/SqlParser';
import { MacroUse } from '../mask/macroUses';
import { OldRead, OtherInput, Refusal } from './Reads';
import { Columns } from './Scope';
import { Tokens } from './Tokens';

/** What the resolver has to know about the world outside the query. */
export interface ResolveContext {
  tokens: Tokens;
  dialect: SqlDialect;
  columns: readonly ColumnSpan[];
  /** The file's own text under the mask. */
  source: string;
  /** Lower case fields of the old dataset, in contract order. */
  oldFields: readonly string[];
  /** Lower case fields that only the new dataset has. */
  newFields: ReadonlySet<string>;
  /** Lower case fields that are not there under the same name any more. */
  changedFields: ReadonlySet<string>;
  /** Jinja expressions that are live here and may print names of columns. */
  macroUses: readonly MacroUse[];
  /** Names of script variables, lower case. */
  variables: ReadonlySet<string>;
  /** Tells whether a table path, by its offsets, is the old dataset. */
  matchPath(start: number, end: number): PathMatch | undefined;
  /** Lower case columns of another table, by the path as written. */
  columnsOf(path: string): Columns;
}

export type PathMatch =
  | {
      kind: 'old';
      replacement: string;
      implicitOld: string;
      implicitNew: string;
    }
  | { kind: 'refused'; reason: string };

export interface Resolution {
  reads: OldRead[];
  refusals: Refusal[];
  others: OtherInput[];
  /** Columns that the statement's query puts out. */
  outputs: Columns;
}
