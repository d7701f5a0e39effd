import { argumentsOf, methodOf } from './calls';
import { Outcome, PythonFile } from './PythonFile';
import { fieldOf } from './PyTree';
import { queryEdits, viewParts } from './queryEdits';
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

/** Arguments of Beam's `ReadFromBigQuery` that mean the same for a query. */
const READ_BEAM =
  /^(table|gcs_location|kms_key|project|validate|coder|temp_dataset)$/;

/** `ReadFromBigQuery(table=…)` takes a query instead. */
export function readBeam(
  file: PythonFile,
  use: TableUse,
  table: string,
): Outcome | undefined {
  const { tree } = file;
  const { call, sink } = use;
  const args = argumentsOf(tree, call);
  const argument = tree.parent(sink.node);
  const keyword = argument && fieldOf(argument, 'name');
  const [only] = sink.template.pieces;
  const plain =
    sink.node.type === 'string' &&
    sink.template.pieces.length === 1 &&
    only.kind === 'text';
  if (
    methodOf(tree, call) !== 'ReadFromBigQuery' ||
    sink.keyword !== 'table' ||
    !keyword ||
    !plain ||
    !args.every(arg => arg.keyword && READ_BEAM.test(arg.keyword))
  ) {
    return undefined;
  }
  const fields = fieldsAt(file, use, call);
  if (!fields.ok) {
    return fields.outcome;
  }
  const text = viewParts(file, fields.names, undefined).join(`\`${table}\``);
  const written = only.literal.encode(text);
  const owner = call.start;
  const { start, end } = only.literal;
  return written === undefined
    ? undefined
    : rewrittenRead(
        file,
        use,
        [
          { start: keyword.start, end: keyword.end, text: 'query', owner },
          { start, end, text: written, owner },
          {
            start: sink.node.end,
            end: sink.node.end,
            text: ', use_standard_sql=True',
            owner,
          },
        ],
        fields.names,
      );
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
