import { OldRead, OtherInput } from './Reads';
import { FromItem, Select } from './QueryTree';

/** One thing in a `FROM` that names can be resolved against. */
export interface Relation {
  /** Lower case alias or table name. */
  name?: string;
  /** As written, to qualify names with. */
  writtenName?: string;
  /** Lower case column names; absent if unknown. */
  columns?: string[];
  /** It may have more columns than those: an incremental model's own table. */
  open?: boolean;
  read?: OldRead;
  /** Another table, not a query or common table expression. */
  other?: OtherInput;
  item: FromItem;
}

export interface Scope {
  select?: Select;
  relations: Relation[];
  /** The query around this one, whose names are visible here. */
  parent?: Scope;
}

/** Columns that a query puts out, lower case; absent if unknown. */
export type Columns = string[] | undefined;

export type CommonTables = ReadonlyMap<string, Columns>;
