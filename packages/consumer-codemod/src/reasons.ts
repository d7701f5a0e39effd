/** What a reason stands for; the help page has a paragraph for each. */
export interface ReasonInfo {
  severity: 'info' | 'warning' | 'error';
  route: 'codemod' | 'question' | 'person';
  /** One sentence for the owner. */
  message: string;
}

function applied(message: string): ReasonInfo {
  return { severity: 'info', route: 'codemod', message };
}

function refused(message: string): ReasonInfo {
  return { severity: 'error', route: 'person', message };
}

/** Every reason that the codemod gives, by its stable identifier (`docs/reasons.md`). */
export const REASONS = {
  // Applied: why the edit looks as it does.
  SQL_OUTER_JOIN: applied(
    'An outer join can put NULLs here, so the old fields are read through a derived table.',
  ),
  SQL_USING_RENAMED: applied(
    'USING names a field that the new dataset calls otherwise, so the old name is kept through a derived table.',
  ),
  NAME_CAPTURED_BY_NEW_FIELD: applied(
    'The new dataset has a field with the name of something else here, so only the old names are brought into scope.',
  ),
  SQL_GROUPED_EXPRESSION: applied(
    'The query groups by a field that is now an expression, so it is computed in a derived table first.',
  ),
  SQL_GRAIN_CHANGED: applied(
    'The new dataset has other rows, so it is grouped in a derived table first.',
  ),
  SQL_STAR_OVER_JOIN: applied(
    'A star spans several tables, so the old columns are listed in a derived table.',
  ),
  SQL_STAR_BY_POSITION: applied(
    'Columns of a star count by their position here; they are listed in the order of the old contract.',
  ),
  SQL_STAR_REPLACE: applied(
    'A star with REPLACE is kept over a derived table with the old columns.',
  ),
  SQL_MERGE_SOURCE: applied(
    'The source of a MERGE or UPDATE is read through a derived table.',
  ),
  SQL_NATURAL_JOIN: applied(
    'A natural join depends on all column names, so the old ones are kept in a derived table.',
  ),
  SQL_WHOLE_ROW: applied(
    'The query uses whole rows, so rows with the old columns are made by a derived table.',
  ),
  SQL_UNNEST_PATH: applied(
    'A repeated field is unnested by its path, so its old name is kept through a derived table.',
  ),
  SQL_NAME_UNCERTAIN: applied(
    'A name may belong to a table whose columns are not known, so the old names are kept in scope by a derived table.',
  ),
  SQL_ALIAS_AMBIGUOUS: applied(
    'A name is both an output column and a field, so the old names are kept in scope by a derived table.',
  ),
  JINJA_BRANCHES_DIFFER: applied(
    'Branches of the template need different edits at one place, so a derived table is used in all of them.',
  ),
  JINJA_MACRO_CLAUSE: applied(
    'A macro may print a clause here, so the condition on rows is put into a derived table.',
  ),
  CODE_HOLE_MAY_NAME_FIELD: applied(
    'A value that code puts into the query may name a field, so the old names are kept in scope by a derived table.',
  ),
  SQL_LEGACY_TRANSLATED: applied(
    'The query was written in legacy SQL, and is standard SQL now.',
  ),
  SCALA_READ_AS_QUERY: applied(
    'The table is read by a query now, which gives the fields their old names.',
  ),
  JINJA_FIELD_IN_MACRO: applied(
    'A macro or Jinja expression names a field that changes, so the old names are kept in scope by a derived table.',
  ),
  JINJA_MACRO_OPAQUE: applied(
    'A macro may print any column here, so all old names are kept in scope by a derived table.',
  ),
  // Asked.
  FIELD_NEEDS_JUDGEMENT: {
    severity: 'warning',
    route: 'question',
    message: 'Only the owner knows which new field this use needs.',
  },
  FIELD_GONE: {
    severity: 'warning',
    route: 'question',
    message: 'The new dataset has no equivalent of this field.',
  },
  FIELD_LEFT_TO_OWNER: {
    severity: 'warning',
    route: 'person',
    message:
      'The owner makes this change by hand; a comment with the guide marks the place.',
  },
  // Refused.
  FIELD_DROP_NOT_PROVABLE: refused(
    'The field cannot be dropped here without changing more than its column.',
  ),
  FIELD_NOT_IN_CONTRACT: refused(
    'The query reads a field that the old contract does not list.',
  ),
  SQL_PSEUDO_COLUMN: refused(
    'The query reads a pseudo column, which the mapping does not cover.',
  ),
  SQL_WRITES_OLD_DATASET: refused(
    'The statement writes to the old dataset; only reads are rewritten.',
  ),
  SQL_WILDCARD_TABLE: refused(
    'A wildcard table covers the old dataset among others.',
  ),
  SQL_PIVOT: refused('PIVOT and UNPIVOT depend on all columns of their input.'),
  SQL_TABLE_SAMPLE: refused('TABLESAMPLE needs the table itself.'),
  SQL_TIME_TRAVEL: refused(
    'FOR SYSTEM_TIME needs the table itself, and the new one has another history.',
  ),
  SQL_REFERENCE_UNRESOLVED: refused(
    'The old dataset is named in a place that the codemod does not rewrite.',
  ),
  SQL_NAME_IN_STRING: refused(
    'The old dataset is named in SQL inside a string.',
  ),
  SQL_SHAPE_UNKNOWN: refused(
    'The query has a shape that the codemod does not know.',
  ),
  SQL_LEGACY: refused('The query is written in legacy SQL.'),
  SQL_OTHER_DIALECT: refused(
    "The query is in another dialect than the mapping's expressions.",
  ),
  TABLE_NAME_AMBIGUOUS: refused(
    'The table name has no dataset, so it may or may not be the old dataset.',
  ),
  JINJA_NESTED_REF: refused(
    'The old dataset is named inside another macro call or Jinja expression.',
  ),
  JINJA_MACRO: refused(
    'The old dataset is named inside a macro, which other models may use too.',
  ),
  JINJA_UNREADABLE: refused('The Jinja tags of the file do not pair.'),
  CODE_HOLE_IS_ALIAS: refused(
    'Code puts a table alias into the query, so it is not known whose fields are named.',
  ),
  EMBEDDED_EDIT_SPANS: refused(
    'The edit would span several strings of the code.',
  ),
  EMBEDDED_QUOTES: refused(
    'The edit needs a character that the string cannot hold.',
  ),
  EMBEDDED_SQL_IN_PARTS: refused(
    'The SQL is put together with other text where the code runs.',
  ),
  PYTHON_SQL_DYNAMIC: refused(
    'The SQL is put together with other text in a way that the codemod does not follow.',
  ),
  PYTHON_SQL_FRAGMENT: refused(
    'A string names the old dataset, but is neither a whole statement nor a table name.',
  ),
  PYTHON_TABLE_USE_UNKNOWN: refused(
    'The old table is named to code that the codemod does not know.',
  ),
  PYTHON_WRITES_OLD_DATASET: refused(
    'Python code writes to the old dataset; only reads are rewritten.',
  ),
  PYTHON_NAME_NOT_EDITABLE: refused(
    'The table name is put together from parts that cannot be changed here.',
  ),
  PYTHON_NAME_IN_CODE: refused('A name in the code is one of the old dataset.'),
  PYTHON_STRING_SHARED: refused(
    'A string is also used where the change would not be right.',
  ),
  PYTHON_STRING_NOT_READ: refused(
    'A string that names the old dataset holds bytes or an escape that is not read.',
  ),
  PYTHON_DOCTEST: refused(
    'An example in a docstring, which may run as a test, names the old dataset.',
  ),
  PYTHON_SPARK_EXPRESSION: refused(
    'Spark may read an expression of the mapping in another way.',
  ),
  NOTEBOOK_UNREADABLE: refused('The notebook cannot be read.'),
  NOTEBOOK_CELL_UNSUPPORTED: refused(
    'A cell or a magic that is not Python or SQL names the old dataset.',
  ),
  DBT_NAME_MISSING: refused(
    'The plan names no dbt source or model for the new dataset.',
  ),
  DBT_TEST_UNSUPPORTED: refused(
    'dbt YAML reads the old dataset in a way that the codemod does not know.',
  ),
  DBT_ROWS_DIFFER: refused(
    'A semantic model or a unit test reads the old dataset, and the new one has other rows.',
  ),
  SQL_PIPE_SYNTAX: refused(
    'The query is written in pipe syntax, which the codemod does not read.',
  ),
  PARSE_FAILED: refused('The SQL cannot be parsed.'),
  CODE_PARSE_FAILED: refused('The code cannot be read.'),
  PARSER_LIMIT: refused('The parser ran out of time or memory on this file.'),
  REWRITE_TIMEOUT: refused('Looking at this file took too long.'),
  REWRITE_CRASHED: refused(
    'The process that looked at this file broke down over it.',
  ),
  EDIT_NOT_VERIFIED: refused(
    'The rewritten file did not pass the check that follows every edit.',
  ),
  OUTPUT_PROPAGATE_UNSUPPORTED: refused(
    'Renaming output columns on purpose is not supported yet.',
  ),
  MAPPING_EXPRESSION_INVALID: refused(
    'An expression of the mapping or of an answer cannot be parsed.',
  ),
  ENCODING_UNSUPPORTED: refused('The file is not encoded in UTF-8.'),
  FILE_TOO_LARGE: refused('The file is too large to rewrite.'),
  JAVA_NOT_SUPPORTED: refused('Java or Kotlin code names the old dataset.'),
  SHELL_NOT_SUPPORTED: refused('A shell script names the old dataset.'),
  CONFIG_NOT_SUPPORTED: refused('A configuration file names the old dataset.'),
  CONFIG_TABLE_NAME: refused(
    'A configuration file gives the name of the old dataset.',
  ),
  LANGUAGE_NOT_SUPPORTED: refused(
    'The file names the old dataset in a language that the codemod does not read.',
  ),
  SCALA_TABLE_USE_UNKNOWN: refused(
    "The table's name is used in a way that the codemod does not know.",
  ),
  SCALA_TABLE_FROM_ARGS: refused(
    "The table's name is only the default of an argument.",
  ),
  SCALA_CONSTANT_SHARED: refused(
    'Other files use the constant that names the table.',
  ),
  SCALA_TYPED_FIELD: refused(
    'A class made of the table has a field that a query cannot give the same type.',
  ),
  SCALA_TEST_DATA: refused("A test feeds the job by the table's name."),
  SCALA_NAME_IN_STRING: refused(
    'The old dataset is named in a string whose use is not known.',
  ),
  SCALA_SYMBOL: refused(
    'The code uses a class or constant that stands for the old dataset.',
  ),
} satisfies Record<string, ReasonInfo>;

export type Reason = keyof typeof REASONS;
