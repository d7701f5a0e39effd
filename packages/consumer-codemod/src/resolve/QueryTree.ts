/** Token indexes `[start, end)`. */
export interface TokenRange {
  start: number;
  end: number;
}

export type ClauseName =
  | 'projection'
  | 'from'
  | 'filter'
  | 'group'
  | 'having'
  | 'qualify'
  | 'window'
  | 'order'
  | 'limit';

export interface Clause extends TokenRange {
  name: ClauseName;
  /** Where the clause's content starts, after `WHERE` or `GROUP BY`. */
  content: number;
}

export interface SelectItem extends TokenRange {
  /** The output name, where the query gives or implies one. */
  alias?: string;
  explicitAlias: boolean;
  star?: {
    qualifier?: string;
    except: string[];
    /** Has `REPLACE (…)`, `RENAME` or another change. */
    replaces: boolean;
    /** Output names in `REPLACE (…)`; absent if the star is changed otherwise. */
    replaced?: string[];
  };
}

export type JoinKind =
  | 'first'
  | 'comma'
  | 'inner'
  | 'left'
  | 'right'
  | 'full'
  | 'cross';

export interface FromItem extends TokenRange {
  kind: 'table' | 'query' | 'unnest' | 'function' | 'group';
  join: JoinKind;
  natural: boolean;
  /** The table path, for `table` and `function`. */
  path?: TokenRange;
  query?: Query;
  /** For `group`: a join in parentheses. */
  members?: FromItem[];
  alias?: string;
  /** `PIVOT`, `UNPIVOT`, `FOR SYSTEM_TIME AS OF`, `TABLESAMPLE`. */
  suffixes: string[];
  using: string[];
  /** The alias names the columns too: `AS t (a, b)`. */
  columnList: boolean;
  /** A macro stands where an alias would: it may print any clause. */
  macro: boolean;
}

export interface Select extends TokenRange {
  kind: 'select';
  distinct: boolean;
  items: SelectItem[];
  from: FromItem[];
  clauses: Clause[];
  /** Queries in parentheses inside its expressions. */
  nested: Query[];
}

/** `WITH` list and one or more selects joined by set operations. */
export interface Query extends TokenRange {
  kind: 'query';
  ctes: Array<{ name: string; query: Query; columns: string[] }>;
  recursive: boolean;
  operands: Array<Select | Query>;
  /** `ORDER BY` of the whole. */
  ordered: boolean;
  /** True if the query stands alone in `EXISTS ( … )`. */
  inExists: boolean;
}

/** Raised where the tokens have a shape that the codemod does not know. */
export class UnknownShapeError extends Error {
  constructor(readonly token: number) {
    super('The query has a shape that is not known');
  }
}
