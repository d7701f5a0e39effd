import { Demand } from './Demand';
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
  /** For a query or common table expression: which of its columns are read. */
  demand?: Demand;
  /** Another table, not a query or common table expression. */
  other?: OtherInput;
  item: FromItem;
}

export interface Scope {
  select?: Select;
  /** Which output columns of `select` are read. */
  outputs?: Demand;
  relations: Relation[];
  /** The query around this one, whose names are visible here. */
  parent?: Scope;
}

/** Columns that a query puts out, lower case; absent if unknown. */
export type Columns = string[] | undefined;

export interface CommonTable {
  columns: Columns;
  demand: Demand;
}

export type CommonTables = ReadonlyMap<string, CommonTable>;
