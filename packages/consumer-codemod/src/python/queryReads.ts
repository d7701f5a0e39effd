import { argumentsOf } from './calls';
import { Outcome, PythonFile } from './PythonFile';
import { fieldOf } from './PyTree';
import { queryEdits } from './queryEdits';
import { fieldsAt, renameEdits, rewrittenRead, TableUse } from './viewAtRead';

/** Arguments of `read_gbq` that mean the same for a query. */
const READ_GBQ =
  /^(query|query_or_table|project_id|credentials|location|progress_bar_type|use_bqstorage_api|dtypes|reauth|auth_local_webserver|private_key|columns|col_order|index_col|filters|max_results|use_cache|dialect|bigquery_client)$/;
/** Arguments of `list_rows` that the result of a query takes too. */
const LIST_ROWS = /^(max_results|page_size|retry|timeout|start_index)$/;

/** `read_gbq(table)` takes a query as well. */
export function readTable(
  file: PythonFile,
  use: TableUse,
): Outcome | undefined {
  const args = argumentsOf(file.tree, use.call);
  const first =
    use.sink.position === 0 || /^query/.test(use.sink.keyword ?? '');
  const known = args.every(
    ({ keyword, value }) =>
      (keyword === undefined
        ? value === use.sink.node || value === args[1]?.value
        : READ_GBQ.test(keyword)) && !/splat/.test(value.type),
  );
  const legacy = args.some(({ value }) =>
    /legacy/.test(file.tree.textOf(value)),
  );
  return first && known && !legacy ? withQuery(file, use, []) : undefined;
}

/** `client.list_rows(table)` becomes `client.query(…).result()`: both give rows. */
export function readRows(file: PythonFile, use: TableUse): Outcome | undefined {
  const { call, sink } = use;
  const target = fieldOf(call, 'function');
  const method = target && fieldOf(target, 'attribute');
  const args = argumentsOf(file.tree, call);
  const known = args.every(
    ({ keyword }, index) =>
      (index === 0 && (keyword === undefined || keyword === 'table')) ||
      (keyword !== undefined && LIST_ROWS.test(keyword)),
  );
  if (!method || !known || args[0]?.value !== sink.node || args[0].keyword) {
    return undefined;
  }
  const owner = method.start;
  const rest = args[1];
  const argument = rest && file.tree.parent(rest.value);
  const end = argument
    ? { start: sink.node.end, end: argument.start, text: ').result(', owner }
    : { start: call.end, end: call.end, text: '.result()', owner };
  return withQuery(file, use, [
    { start: method.start, end: method.end, text: 'query', owner },
    end,
  ]);
}

function withQuery(
  file: PythonFile,
  use: TableUse,
  edits: Outcome['edits'],
): Outcome | undefined {
  const fields = fieldsAt(file, use, use.call);
  if (!fields.ok) {
    return fields.outcome;
  }
  const query = queryEdits(file, use.sink, fields.names);
  const names = renameEdits(file, use);
  return query && names
    ? rewrittenRead(file, use, [...edits, ...query, ...names], fields.names)
    : undefined;
}
