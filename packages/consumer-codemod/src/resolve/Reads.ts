import { ColumnSpan } from '../parser/SqlParser';
import { Demand, Sink } from './Demand';
import { ClauseName, FromItem, Select, SelectItem } from './QueryTree';

/** One use of a field through one table reference. */
export interface FieldUse {
  /** Lower case name of the old field. */
  field: string;
  column: ColumnSpan;
  /** The qualifier names the table reference, not a STRUCT column. */
  qualified: boolean;
  clause: ClauseName;
  /** What becomes of it. */
  sink: Sink;
  /** The projected item, if it is this column and nothing else, without an alias. */
  bareItem?: SelectItem;
  /** An argument of `STRUCT(…)`, whose name becomes a field name. */
  structArgument: boolean;
  insideAggregate: boolean;
  /** The use is in a query inside the one that reads the table. */
  correlated: boolean;
}

/** An unqualified name of something else, which a field of the new dataset would capture. */
export interface Capture {
  column: ColumnSpan;
  /** What to qualify it with, if that is certain. */
  qualifier?: string;
}

/** A star that takes in the old dataset's columns. */
export interface ReadStar {
  item: SelectItem;
  /** Which output columns of the star's own select are read. */
  demand: Demand;
  /** The star takes in this read and nothing else. */
  alone: boolean;
  /** Nor does any other star of the select. */
  sole: boolean;
}

/** One reference to the old dataset in a `FROM`. */
export interface OldRead {
  item: FromItem;
  /** Offsets of the table path. */
  start: number;
  end: number;
  /** The path that reads the new dataset. */
  replacement: string;
  /** Last part of the old and the new name: what qualifies columns without an alias. */
  implicitOld: string;
  implicitNew: string;
  /** Absent for `MERGE … USING` and `UPDATE … FROM`. */
  select?: Select;
  relationCount: number;
  nullSupplied: boolean;
  uses: FieldUse[];
  /** Fields that a name may stand for: reason to keep the old names in scope. */
  possible: Set<string>;
  stars: ReadStar[];
  /** What the owner has to know all the same. */
  notes: Set<string>;
  /** Why inlining would not be right; the derived table is. */
  derive: Set<string>;
  /** Every field is needed, such as for a whole-row reference. */
  full: boolean;
  captures: Capture[];
}

/** A reason why a file cannot be rewritten, with its offsets. */
export interface Refusal {
  reason: string;
  start: number;
  end: number;
  detail?: string;
}

/** Another table that a query reads, with what the query tells about it. */
export interface OtherInput {
  /** Offsets of the table path. */
  start: number;
  end: number;
  /** Lower case column names, with where they stand. */
  columns: Map<string, number[]>;
  /** What is read of it by name behind stars. */
  demand: Demand;
  /** Every column, where the repository declares them. */
  known?: string[];
}
