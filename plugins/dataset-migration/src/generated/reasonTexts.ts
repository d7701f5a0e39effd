/**
 * Generated from `docs/reasons.md` by `scripts/generate-reasons.mjs`. Not to be edited.
 */
export const REASON_TEXTS: Record<string, { section: string; text: string }> = {
  SQL_OUTER_JOIN: {
    section: 'Applied',
    text: 'The old dataset stands where an outer join may have no row for it. An expression put in place of a field could turn the missing NULL into a value, and a condition on rows would drop whole rows. The derived table computes both before the join, as the mapping means it. Nothing is to be done.',
  },
  SQL_USING_RENAMED: {
    section: 'Applied',
    text: '`USING (country)` needs the same name on both sides and puts out one column of that name. The derived table keeps the old name, so the join and its one output column stay as they were.',
  },
  NAME_CAPTURED_BY_NEW_FIELD: {
    section: 'Applied',
    text: 'A name in the query belongs to another table or an output column, and the new dataset has a field of the same name, which would make the name ambiguous or change its meaning. The derived table brings only the old names into scope.',
  },
  SQL_GROUPED_EXPRESSION: {
    section: 'Applied',
    text: 'The query groups by, or mixes with aggregates, a field that is now computed from several new fields. Those would have to be grouped as well. The derived table computes the field first.',
  },
  SQL_GRAIN_CHANGED: {
    section: 'Applied',
    text: 'One old row is made from several new ones (`rows.grain.by`). The derived table does that grouping before the query sees the rows.',
  },
  SQL_STAR_OVER_JOIN: {
    section: 'Applied',
    text: '`SELECT *` over several tables puts out their columns in order. The derived table has the old columns in the old order, so that the output stays the same.',
  },
  SQL_STAR_BY_POSITION: {
    section: 'Applied',
    text: 'The columns of a star are matched with others by their position: in `UNION`, or in `INSERT … SELECT *`. They are listed in the order of the old contract. Check that the old table has its columns in that order; if it has not, list them as it has them.',
  },
  SQL_STAR_REPLACE: {
    section: 'Applied',
    text: '`SELECT * REPLACE (…)` refers to the old columns by name. They are kept by a derived table.',
  },
  SQL_MERGE_SOURCE: {
    section: 'Applied',
    text: 'The source of a `MERGE` or `UPDATE` is named in many clauses, some of which take all its columns. The derived table leaves those clauses alone.',
  },
  SQL_NATURAL_JOIN: {
    section: 'Applied',
    text: 'A natural join joins by every column name that both sides have. New names would change the condition, so the derived table keeps exactly the old ones.',
  },
  SQL_WHOLE_ROW: {
    section: 'Applied',
    text: "The query uses the table's alias as a value, as in `TO_JSON_STRING(a)` or `STRUCT(a.*)`. The derived table makes rows with the old columns.",
  },
  SQL_UNNEST_PATH: {
    section: 'Applied',
    text: "`FROM t, t.items` takes a path and not an expression. The derived table keeps the field's old name.",
  },
  SQL_NAME_UNCERTAIN: {
    section: 'Applied',
    text: "A name without a qualifier may belong to the old dataset or to a table whose columns the repository does not declare. With the derived table the name is resolved exactly as before. Qualify the name, or declare the other table's columns, to get a smaller change.",
  },
  SQL_ALIAS_AMBIGUOUS: {
    section: 'Applied',
    text: "A name in `GROUP BY`, `HAVING`, `QUALIFY` or `ORDER BY` is both a field and a different output column. The derived table keeps the field's name in scope, so that the dialect decides as it did before.",
  },
  JINJA_BRANCHES_DIFFER: {
    section: 'Applied',
    text: 'The branches of a `{% if %}` would need different text in a place that they share, for example a `WHERE` that only one branch has. A derived table is right in all of them.',
  },
  JINJA_MACRO_CLAUSE: {
    section: 'Applied',
    text: 'A macro call between `FROM` and the end of `WHERE` may print conditions. The condition on rows goes into a derived table, where it cannot mix with them.',
  },
  JINJA_FIELD_IN_MACRO: {
    section: 'Applied',
    text: 'A macro, a list that a loop runs over, or another Jinja expression names a field that changes. What it prints is not edited, because other models may use it too; the derived table keeps the old names in scope, so that it prints the right thing as before.',
  },
  JINJA_MACRO_OPAQUE: {
    section: 'Applied',
    text: 'A macro of a package, or one that asks the warehouse for columns, may print the name of any field. The derived table keeps all old names in scope.',
  },
  CODE_HOLE_MAY_NAME_FIELD: {
    section: 'Applied',
    text: 'Code puts text into the query where a column, a condition or a clause can stand, such as `SELECT {columns} FROM …`. What it puts in is not known, so the derived table brings all old names into scope. It is right whatever the code prints; a smaller change needs a person who knows the values.',
  },
  SQL_LEGACY_TRANSLATED: {
    section: 'Applied',
    text: 'The new dataset needs an expression or a condition, which is written for standard SQL. The query has nothing in it that the two dialects read differently, and what runs it accepts both, so its table is written the standard way now.',
  },
  SCALA_READ_AS_QUERY: {
    section: 'Applied',
    text: "Code read the whole table (`bigQueryTable`, `fromTable`, `fromStorage`, …), and a field is not merely renamed, or not every use of its rows is in sight. The read became a query that puts out the old fields under their old names, so the code behind it stays as it is. A query is billed by the bytes it reads, and a test that feeds the job by the table's name has to name the query now. Where a test of Scio names the table by the constant that its job reads, and that job reads only this query, the test is changed with it.",
  },
  FIELD_NEEDS_JUDGEMENT: {
    section: 'Asked and left',
    text: "The plan gives several new fields for this old one, and only the consumer's owner knows which of them is meant. Answer the question in the portal. Until then nothing of this consumer is published. As a verdict, not run: the query reads a field whose question is not answered, so there is nothing to compare with.",
  },
  FIELD_GONE: {
    section: 'Asked and left',
    text: 'The new dataset has no such field. The owner chooses: drop the column, put a typed NULL in its place, or leave the use to be changed by hand.',
  },
  FIELD_LEFT_TO_OWNER: {
    section: 'Asked and left',
    text: 'The owner chose to make this change by hand. A comment with the guide is put above the use; the file keeps reading the old dataset until the owner changes it.',
  },
  FIELD_DROP_NOT_PROVABLE: {
    section: 'Handed over',
    text: "A field is dropped by leaving its column out of the statement's own projection. Here it is also used elsewhere (a condition, a join, a star, an inner query), so leaving it out would change more. Change the query by hand or choose another answer.",
  },
  FIELD_NOT_IN_CONTRACT: {
    section: 'Handed over',
    text: 'The query reads a field of the old dataset that its contract does not list, so the mapping says nothing about it. Add the field to the contract and the plan.',
  },
  SQL_PSEUDO_COLUMN: {
    section: 'Handed over',
    text: "`_PARTITIONTIME`, `_TABLE_SUFFIX` and their like belong to a table's storage and not to its contract. Say by hand which field of the new dataset stands for it.",
  },
  SQL_WRITES_OLD_DATASET: {
    section: 'Handed over',
    text: "The statement inserts into, updates, deletes from or defines the old dataset. A mapping says how to read, not how to write; the producer's owner has to move it.",
  },
  SQL_WILDCARD_TABLE: {
    section: 'Handed over',
    text: 'A path such as `analytics.user_activity_*` reads many tables, the old dataset among them. Which tables it should read from now on is for a person to say.',
  },
  SQL_PIVOT: {
    section: 'Handed over',
    text: '`PIVOT`, `UNPIVOT` and `MATCH_RECOGNIZE` take all columns of their input into account. Put a query with the needed columns in front, or change it by hand.',
  },
  SQL_TABLE_SAMPLE: {
    section: 'Handed over',
    text: '`TABLESAMPLE` works on a table and not on a query, and would draw other rows of the new table.',
  },
  SQL_TIME_TRAVEL: {
    section: 'Handed over',
    text: '`FOR SYSTEM_TIME AS OF` reads the history of a table. The new dataset has its own, shorter history.',
  },
  SQL_REFERENCE_UNRESOLVED: {
    section: 'Handed over',
    text: 'The old dataset is named where the codemod does not look for reads, for example `CREATE TABLE … CLONE`, an argument `TABLE t` or a fully qualified column. It is never left behind in silence.',
  },
  SQL_NAME_IN_STRING: {
    section: 'Handed over',
    text: 'A string holds SQL that names the old dataset, usually for `EXECUTE IMMEDIATE`. Strings are not rewritten.',
  },
  SQL_SHAPE_UNKNOWN: {
    section: 'Handed over',
    text: 'The parser accepted the query, but its structure is not one that the scope resolver knows. Please report the shape.',
  },
  SQL_LEGACY: {
    section: 'Handed over',
    text: "The query says `#legacySQL`, or names the table as `[project:dataset.table]`. Legacy SQL has other rules for names, joins and types than the mapping's dialect.",
  },
  SQL_OTHER_DIALECT: {
    section: 'Handed over',
    text: "The code runs the query in another engine, such as Spark, than the mapping's expressions are written for. Only renames are carried over; here an expression would be needed.",
  },
  TABLE_NAME_AMBIGUOUS: {
    section: 'Handed over',
    text: "The table is named without its dataset. A default dataset that is not in the file decides what it is. Qualify the name, or add the short name to the plan's names.",
  },
  JINJA_NESTED_REF: {
    section: 'Handed over',
    text: "A reference such as `{{ dbt_utils.star(ref('user_activity_v1')) }}` hands the dataset to a macro, whose output the codemod does not know. Write the columns out, or change the call by hand.",
  },
  JINJA_MACRO: {
    section: 'Handed over',
    text: 'A macro or captured block names the old dataset. Other models may call it, so it is not changed for one consumer.',
  },
  JINJA_UNREADABLE: {
    section: 'Handed over',
    text: 'A Jinja tag has no end, or blocks do not pair. dbt would refuse the file too.',
  },
  CODE_HOLE_IS_ALIAS: {
    section: 'Handed over',
    text: "A column is qualified by something that code puts in, as in `{alias}.country`. Whether it is the old dataset's column is not known. Write the alias out, or change the query by hand.",
  },
  EMBEDDED_EDIT_SPANS: {
    section: 'Handed over',
    text: 'The SQL is put together from several strings or values, and the edit would have to begin in one and end in another. Join the strings, or change the query by hand.',
  },
  EMBEDDED_QUOTES: {
    section: 'Handed over',
    text: "The new SQL has a quote, a line break or another character that the string's kind of quotes cannot hold, not even escaped. Use another kind of string, or change the query by hand.",
  },
  EMBEDDED_SQL_IN_PARTS: {
    section: 'Handed over',
    text: 'The string is only the beginning or a part of the query: it is joined, formatted or appended to elsewhere. A condition put at its end could land in the middle of the query. Join the parts, or change the query by hand.',
  },
  PYTHON_SQL_DYNAMIC: {
    section: 'Handed over',
    text: 'A string of Python is a statement that reads the old dataset, but what runs may be another one: the string is compared, joined with text that is not known, or given to a function of the file that adds to it. Change it by hand, or write the statement out in one place.',
  },
  PYTHON_SQL_FRAGMENT: {
    section: 'Handed over',
    text: 'A string of Python names the old dataset and is neither a whole SQL statement nor a table name, for example the tail of a query. What it becomes a part of decides how it has to change.',
  },
  PYTHON_TABLE_USE_UNKNOWN: {
    section: 'Handed over',
    text: "Python code hands the old table's name to something that the codemod does not know: an argument, a setting, another module. It may be read, written or only looked up.",
  },
  PYTHON_WRITES_OLD_DATASET: {
    section: 'Handed over',
    text: "The code loads, inserts or saves into the old dataset, or creates or deletes it. A mapping says how to read, not how to write; the producer's owner has to move it.",
  },
  PYTHON_NAME_NOT_EDITABLE: {
    section: 'Handed over',
    text: "The table's name is put together from parts, and the part that has to change is not a literal of this file.",
  },
  PYTHON_NAME_IN_CODE: {
    section: 'Handed over',
    text: 'A class, constant, attribute or module is called like the old dataset. What it stands for is not in the file.',
  },
  PYTHON_STRING_SHARED: {
    section: 'Handed over',
    text: 'One string literal is used in several places, and the change that one of them needs is not right for another. Give each its own string.',
  },
  PYTHON_STRING_NOT_READ: {
    section: 'Handed over',
    text: 'The old dataset is named in a bytes literal, or in a string with an escape that the codemod does not read.',
  },
  PYTHON_DOCTEST: {
    section: 'Handed over',
    text: 'An example behind `>>>` in a docstring names the old dataset as a table. Python runs such examples as tests, and readers copy them; what it prints would change too. Move the example by hand. Docstrings that only mention the table are no uses.',
  },
  PYTHON_SPARK_EXPRESSION: {
    section: 'Handed over',
    text: "The query is run by Spark, and an expression of the mapping may not mean there what it means in the plan's dialect. Only renames and a few functions are known to be the same.",
  },
  NOTEBOOK_UNREADABLE: {
    section: 'Handed over',
    text: 'The file names the old dataset and is called a notebook, but is not JSON with cells.',
  },
  NOTEBOOK_CELL_UNSUPPORTED: {
    section: 'Handed over',
    text: 'A shell command, a line magic such as `%sql`, or a cell in another language names the old dataset. Python cells and cells of `%%bigquery` and `%%sql` are rewritten.',
  },
  DBT_NAME_MISSING: {
    section: 'Handed over',
    text: "The file addresses the old dataset by `ref` or `source`, and the plan gives no such name for the new one. Add `names.dbt` to the plan's `to`.",
  },
  DBT_TEST_UNSUPPORTED: {
    section: 'Handed over',
    text: 'A test, unit test or semantic model in a dbt YAML file reads the old dataset in a way that the codemod does not know: through a macro that may do more than select from it, in rows whose columns are not merely renamed, or by an expression with Jinja or a query in it. Rewrite or remove it.',
  },
  DBT_ROWS_DIFFER: {
    section: 'Handed over',
    text: "A semantic model or the given rows of a unit test name the old dataset, and the mapping has a condition on rows, or another grain. dbt has no place for a condition there. Put a model that selects the wanted rows between the two, or change the unit test's rows by hand.",
  },
  SQL_PIPE_SYNTAX: {
    section: 'Handed over',
    text: 'The query uses pipe syntax (`|>`). The parser has no syntax tree for it, so nothing can be said of its columns. Write the change by hand, or give the file to an agent.',
  },
  PARSE_FAILED: {
    section: 'Handed over',
    text: 'The file names the old dataset but cannot be parsed, in at least one of its Jinja branches. The message says where. Nothing in the file is changed. As a verdict: a query does not parse after the change; correct it.',
  },
  CODE_PARSE_FAILED: {
    section: 'Handed over',
    text: 'The file names the old dataset, and its code has errors, or syntax that the parser does not know. Nothing in the file is changed.',
  },
  PARSER_LIMIT: {
    section: 'Handed over',
    text: "The parser's process was ended because it took too long or too much memory on this file. As a verdict, inconclusive: it ran out of time or memory on a changed query.",
  },
  REWRITE_TIMEOUT: {
    section: 'Handed over',
    text: 'Looking at this file took more than a minute, so the process that did it was ended. The file is not changed, and the others of the repository are not affected: they were looked at in another process. Please report the file; a loop in the codemod is a defect.',
  },
  REWRITE_CRASHED: {
    section: 'Handed over',
    text: 'The process that looks at files broke down over this one: it ran out of memory, ended, or met a case that it does not know. The file is not changed, and the others of the repository are not affected. The message tells what happened; please report it with the file.',
  },
  EDIT_NOT_VERIFIED: {
    section: 'Handed over',
    text: 'After each edit the file is read again: it has to parse, differ only where it was edited, and no longer name the old dataset. This one did not, so it is left as it was.',
  },
  OUTPUT_PROPAGATE_UNSUPPORTED: {
    section: 'Handed over',
    text: 'The plan asks for `output: propagate`. Only `output: keep` is supported.',
  },
  MAPPING_EXPRESSION_INVALID: {
    section: 'Handed over',
    text: "An expression of the plan or of an answer is not a SQL expression in the plan's dialect.",
  },
  ENCODING_UNSUPPORTED: {
    section: 'Handed over',
    text: 'Only UTF-8, with or without a byte order mark, is rewritten. Convert the file first.',
  },
  FILE_TOO_LARGE: {
    section: 'Handed over',
    text: 'Files over 2 MB are taken for generated ones. Change what generates the file.',
  },
  JAVA_NOT_SUPPORTED: {
    section: 'Handed over',
    text: 'Java or Kotlin code names the old dataset. A coding agent or a person has to change it.',
  },
  SHELL_NOT_SUPPORTED: {
    section: 'Handed over',
    text: 'A shell script names the old dataset, for example in a `bq` call.',
  },
  CONFIG_NOT_SUPPORTED: {
    section: 'Handed over',
    text: 'A configuration file names the old dataset. What reads the setting, and whether its query has to change with it, is not known.',
  },
  CONFIG_TABLE_NAME: {
    section: 'Handed over',
    text: "A value is the old dataset's name. What reads the setting, and which fields it then uses, is not known, so the name cannot be changed alone. Look for the setting's key in the code, and change both together.",
  },
  LANGUAGE_NOT_SUPPORTED: {
    section: 'Handed over',
    text: 'A file in another language names the old dataset.',
  },
  SCALA_TABLE_USE_UNKNOWN: {
    section: 'Handed over',
    text: "The old dataset's name is an argument of something that is no known read, or leaves the code that can be seen. What is read through it, and which fields, is not known.",
  },
  SCALA_TABLE_FROM_ARGS: {
    section: 'Handed over',
    text: "The job takes its table from the command line and names the old dataset as the default. Another table may be given when it runs, so the code behind it cannot be changed for one of them. Where the arguments are Scio's and the read is a plain one, only the default becomes a query, and a table that the command line names is read as before. Here the arguments, or the read, are another.",
  },
  SCALA_CONSTANT_SHARED: {
    section: 'Handed over',
    text: 'A constant names the old dataset, and other files of the repository name the constant. Files that read the table through a constant of an object are changed together, each read as its own. Here one of them, the one in parentheses, does something that is not understood (hands the name on, feeds a test with rows of the old shape, is Java, …), or the constant may be reached in a way that is not seen, so none is changed. Change them together, by hand or with an agent.',
  },
  SCALA_TYPED_FIELD: {
    section: 'Handed over',
    text: "A class is generated from the table's schema. A query's fields may all be NULL (in the first dialect they keep what the table says), so a required field would become an `Option`. A class that is read by `typedBigQuery[Row]()` in its own file only is written out with `@BigQueryType.toTable` and the types it has, in the table's order, and read by the query; tests that feed it by `BigQueryIO(Row.table)` name the query. Here the class has a field of another type, is read in another way, or its companion is used for something else. Change the class and its uses together.",
  },
  SCALA_TEST_DATA: {
    section: 'Handed over',
    text: "`BigQueryIO(…)` in a job's test stands for the table, with rows of the old shape. The test has to change with the job. That is done only where both use the same constant of an object.",
  },
  SCALA_NAME_IN_STRING: {
    section: 'Handed over',
    text: "A string holds the old dataset's name among other text, and is neither SQL nor a table's name. Look what it is for. Strings that are only shown (`println`, a logger, the words of a test) are left alone without a word.",
  },
  SCALA_SYMBOL: {
    section: 'Handed over',
    text: "The plan lists this name among the dataset's symbols. What is read through it is decided where it is defined.",
  },
  OUTSIDE_WINDOW: {
    section: 'Published later, or not',
    text: 'The change is approved and its wave is open, but it is outside the hours of `rollout.windows` in the plan. It is published by itself when the next window opens.',
  },
  PULL_REQUEST_CLOSED_AS_WRONG: {
    section: 'Published later, or not',
    text: 'People closed the pull request and called its change wrong: by a label (`wrong`, `invalid`), a comment that begins with `/wrong`, or a review that asks for changes. It counts as an error of the rollout, and too many of them halt it. Look at what they wrote; correct the plan or the change, then retry.',
  },
  BASE_MOVED: {
    section: 'Published later, or not',
    text: 'The base branch has new commits, none of them in the files of the approved change. The approval stays. The change is verified again on the new base, and published by itself when the result is no worse. When the base moves faster than the verifiers, the change is published after five times on the commit that was verified last, minutes ago. Nothing is to be done.',
  },
  VERIFIED_WORSE: {
    section: 'Published later, or not',
    text: 'The approved change was verified again because the base branch had moved, and the result is worse than what was approved: a verifier failed, the rung is lower, or something that passed did not. The approval is void; look at the new evidence and decide again.',
  },
  BASE_CHANGED: {
    section: 'Published later, or not',
    text: 'Files that the change touches were changed on the base branch. The approval is void, and the change is made again.',
  },
  EDITED_BY_PEOPLE: {
    section: 'Published later, or not',
    text: 'The branch of the change holds commits by other people, so it is theirs and nothing is pushed over them. With an open pull request the target stays open and is followed: what is merged is what counts. Without one it is handed over: open a pull request from the branch, or delete the branch and retry.',
  },
  SCOPE_CHANGED: {
    section: 'Published later, or not',
    text: 'A later discovery found another consumer that owns some of the files that the change touches. Every file has one owner, so the approval is void and the change is made again without them.',
  },
  SYNTAX_ERROR: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The file compiled before the change and does not any more; the summary has the line. Correct the edit, or reject the change and say what it has to be.',
  },
  COMPILES_NEITHER: {
    section: 'Said of a change by verifiers',
    text: 'Not run. The file did not pass the check before the change either: it is written for another version of the language, or broken. Look at the change yourself; repair the file first where it is broken.',
  },
  DBT_REFERENCE_UNRESOLVED: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The change brings in a `ref` or `source` that the dbt project does not declare. Declare the new dataset in the project first, then retry.',
  },
  DBT_REFERENCE_ELSEWHERE: {
    section: 'Said of a change by verifiers',
    text: "Not run. A package, a template or a part of the project that is not the target's may declare the reference, which takes dbt itself to tell. Let the consumer's own checks on the pull request decide.",
  },
  DBT_DECLARED_TWICE: {
    section: 'Said of a change by verifiers',
    text: 'Failed. A source table is declared in two files after the change, which dbt refuses. Keep one of the declarations.',
  },
  NOT_BOUND: {
    section: 'Said of a change by verifiers',
    text: 'Not run. Plain SQL is bound to the new contract by the engine of the proof, and the engine could not: it lacks a function or a form of the dialect, or ran out of time. Nothing is said against the change; the proof says why.',
  },
  NOT_APPLICABLE: {
    section: 'Said of a change by verifiers',
    text: 'Not run. The change holds nothing that is compiled; or it is plain SQL, which only a proof binds, and none was made. Nothing is to be done.',
  },
  NO_SANDBOX: {
    section: 'Said of a change by verifiers',
    text: "Not run. The check runs the consumer's code (its build, its tests), for which no sandbox is set up. The checks of the pull request run it in the consumer's own CI.",
  },
  OLD_READ_LEFT: {
    section: 'Said of a change by verifiers',
    text: 'Failed. A changed file still reads the old dataset where it should not. Edit the place that the summary names, or retry.',
  },
  EDITED_FILE_NOT_SQL: {
    section: 'Said of a change by verifiers',
    text: 'Not run. A person edited a file that is not SQL, so its queries cannot be paired with the old ones. Review the edit by eye, or let its tests judge it.',
  },
  EDITED_TEMPLATE: {
    section: 'Said of a change by verifiers',
    text: "Not run. A person edited a file with Jinja, whose branches cannot be paired with the old ones any more. Review the edit by eye, or make it in the template so that the codemod's own change stays as it was.",
  },
  EDITED_STATEMENTS_DIFFER: {
    section: 'Said of a change by verifiers',
    text: 'Not run. The edited file has more or fewer statements than before, so that they cannot be paired. Keep the number and order of statements, or review the edit by eye.',
  },
  FILE_ADDED_OR_DELETED: {
    section: 'Said of a change by verifiers',
    text: 'Not run. The edit adds or deletes the file, so there is nothing to compare it with. Review it by eye.',
  },
  VERIFIER_BROKE: {
    section: 'Said of a change by verifiers',
    text: 'Inconclusive. The verifier itself ended with an error, which the summary names. Retry; when it comes back, report it with the log of the run.',
  },
  SCOPE_PATCH_TOO_LARGE: {
    section: 'Said of a change by verifiers',
    text: "Failed. The patch is larger than a run may make it. Narrow the target's paths, or split the consumer into several.",
  },
  SCOPE_PATH_UNSAFE: {
    section: 'Said of a change by verifiers',
    text: 'Failed. A path of the change leads out of the repository, or is none that every system can have. Leave that file out of the edit.',
  },
  SCOPE_PROTECTED_FILE: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The change touches a file that decides what the forge runs, who owns the code, or how git treats files, such as a workflow or `CODEOWNERS`. Change it in a pull request of your own.',
  },
  SCOPE_OTHER_TARGET: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The change touches a file that belongs to another consumer. Leave it out; the other consumer gets a change of its own. Where the file is yours, correct the `dataset-migration/paths` of both.',
  },
  SCOPE_NOT_A_PLAIN_FILE: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The change makes, changes or removes a symbolic link or a submodule. Leave it out of the edit.',
  },
  SCOPE_MODE_CHANGED: {
    section: 'Said of a change by verifiers',
    text: 'Failed. The change makes a file executable, or no longer so. Keep its mode.',
  },
  DIFFERENT_RESULT: {
    section: 'Said of a change by the proof',
    text: 'Failed. Old and new query gave different columns or rows for the same input; the smallest one that was found is shown. Read the counterexample: either the change is wrong, or the mapping does not say what you mean. Edit, or correct the plan and run again.',
  },
  NEW_QUERY_DOES_NOT_BIND: {
    section: 'Said of a change by the proof',
    text: "Failed. The new query reads a field that only the old dataset has. Replace it as the plan's mapping says.",
  },
  STILL_READS_OLD_DATASET: {
    section: 'Said of a change by the proof',
    text: 'Failed. The new query reads the old dataset. Replace the table, or leave the file to its owner.',
  },
  EMPTY_RESULT: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. No generated rows, or none of the sample, made the query return anything, so agreement means nothing. This happens with conditions that few rows meet. Review the change by eye, or check it on a sample that has such rows.',
  },
  NONDETERMINISTIC: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. The old query gives different rows for the same input in another order, as `ROW_NUMBER()` without a full order or `LIMIT` without `ORDER BY` do. There is no one result to agree with. The message says so where it is the new query alone that does: it may have lost an order. Where rows can be made that are not equal in what they are sorted by, old and new are compared on those, and on equal rows in the same order; this reason is left where that does not help, as for `LIMIT` without `ORDER BY`. Make the order complete, or review the change by eye.',
  },
  WEAK_EVIDENCE: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. Old and new agree, but the comparison noticed fewer than half of the deliberate mistakes that were put into the new query. Review by eye what the listed mistakes are about.',
  },
  NOT_RUNNABLE: {
    section: 'Said of a change by the proof',
    text: "Inconclusive. The query cannot be read, translated or bound in the embedded database; the message says why. Often the columns of another table are not known: declare them in the repository's dbt YAML. Otherwise review the change by eye.",
  },
  DATASET_NOT_READ: {
    section: 'Said of a change by the proof',
    text: "Inconclusive. The old query does not read the dataset under any name that the plan knows. Add the name to the plan's `names`.",
  },
  TIMEOUT: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. A query, or the whole proof, did not end in the given time. Retry when the machine has less to do, or review the change by eye.',
  },
  MEMORY_LIMIT: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. The proof needed more memory than it was given. Give runs more memory, or review the change by eye.',
  },
  PROVER_CRASHED: {
    section: 'Said of a change by the proof',
    text: 'Inconclusive. The process of the proof ended unexpectedly on this query; the others were not held up. Retry; when it comes back, report it with the query.',
  },
  NO_QUERIES: {
    section: 'Said of a change by the proof',
    text: 'Not run. The change holds no query, or none that can be taken out of its file, so there was nothing to compare. Review the change by eye.',
  },
  CONNECTION_NOT_GIVEN: {
    section: 'Said of a change on a sample of the real data',
    text: 'The portal names a connection to real data for this dataset, and the fleet started the run without it, so the change was not compared on real data. The fleet has to hand the connection over, as docs/install.md says.',
  },
  NO_CONNECTION: {
    section: 'Said of a change on a sample of the real data',
    text: "Not run. No connection to real data is set up for this dataset. An operator sets one up in the portal's configuration (`datasetMigration.connections`, docs/install.md); the command line takes one with `--connection`.",
  },
  SAMPLE_INCOMPLETE: {
    section: 'Said of a change on a sample of the real data',
    text: 'Not run. The sample has no table or column that the query or the mapping reads. Put it into the sample.',
  },
  SAMPLE_NOT_READ: {
    section: 'Said of a change on a sample of the real data',
    text: 'Inconclusive. The sample could not be read to its end; the message says why. Correct the file, or make it smaller.',
  },
  MAPPING_DIFFERS: {
    section: 'Said of a change on a sample of the real data',
    text: 'Failed. Rows of the old sample are not what the mapping makes of the new one. Read the rows that are shown, and correct the plan.',
  },
  SAMPLES_HAVE_OTHER_ROWS: {
    section: 'Said of a change on a sample of the real data',
    text: 'Inconclusive. All rows with the same key agree, and some keys are in one sample only: the samples were taken of different rows, or the condition on rows is wrong. Take both samples of the same keys.',
  },
  SAMPLES_DO_NOT_MEET: {
    section: 'Said of a change on a sample of the real data',
    text: 'Inconclusive. No rows could be put side by side: no key is in both samples, or the old contract has no key. Take samples of the same rows, or name the key in the contract.',
  },
  REPOSITORY_EMPTY: {
    section: 'Files that were not looked at',
    text: 'The repository has no commit, so nothing in it reads the dataset. Nothing is to be done.',
  },
  PATH_UNSAFE: {
    section: 'Files that were not looked at',
    text: 'The path of a file leads out of the repository, or is none that every system can have. Rename the file.',
  },
  SYMLINK_SKIPPED: {
    section: 'Files that were not looked at',
    text: 'The file is a symbolic link, and links are not followed. What it leads to is looked at where it is part of the target.',
  },
  SUBMODULE_SKIPPED: {
    section: 'Files that were not looked at',
    text: 'The directory is another repository. Enter that one in the catalog as a consumer if it reads the dataset.',
  },
  LFS_POINTER: {
    section: 'Files that were not looked at',
    text: 'The file is kept in Git LFS and its content is not fetched. Move it out of LFS, or look into it by hand.',
  },
  FILE_NOT_READABLE: {
    section: 'Files that were not looked at',
    text: 'The command line could not read the file, for the cause that is given. Give yourself the right to read it.',
  },
  SOURCE_UNAVAILABLE: {
    section: 'Why a run failed',
    text: 'The backend could not hand out the source of the repository. The log of the backend says why; usually the forge is down, or its token may not read the repository.',
  },
  SOURCE_INVALID: {
    section: 'Why a run failed',
    text: 'What the backend sent is not a complete commit. It is fetched again with the next attempt; when it comes back, look for a proxy that cuts answers short.',
  },
  SOURCE_TOO_LARGE: {
    section: 'Why a run failed',
    text: 'git printed more than a run takes in. Narrow the paths of the target.',
  },
  TOO_MANY_FILES: {
    section: 'Why a run failed',
    text: 'The target has more files, or more bytes, than a run reads. Narrow its paths with the `dataset-migration/paths` annotation.',
  },
  PATCH_DOES_NOT_APPLY: {
    section: 'Why a run failed',
    text: 'The edited patch does not apply to the commit it was made for. Start from the present change and edit again.',
  },
  AGENT_LEFT_SCOPE: {
    section: 'Why a run failed',
    text: 'The agent changed a file that it was not given. Nothing of its change is kept; report it with the log of the run.',
  },
  RUN_TIMEOUT: {
    section: 'Why a run failed',
    text: "The run took longer than its limit. It is tried again; when it comes back, narrow the target's paths or give runs more time.",
  },
  REPORT_REFUSED: {
    section: 'Why a run failed',
    text: "The backend refused what the run reported, for the cause in the message; mostly the result is too large. Narrow the target's paths.",
  },
  RUNNER_BROKE: {
    section: 'Why a run failed',
    text: 'The runner ended with an error that it does not know, which is named after a colon. Report it with the log of the run.',
  },
  GIT_FAILED: {
    section: 'Why a run failed',
    text: "A command of git failed; the signature names it, as in `GIT_INDEX_PACK_FAILED`, and the message has git's own words. Retry; when it comes back, look whether git on the machine of the fleet is 2.38 or newer.",
  },
};
