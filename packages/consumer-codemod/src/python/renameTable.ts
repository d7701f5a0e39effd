import { ViewField } from '../rewrite/View';
import { CodeNode } from '../treeSitter/CodeParser';
import { argumentsOf, methodOf } from './calls';
import { changePieces } from './constants';
import { Sink } from './flows';
import { Outcome, placeOf, PythonFile } from './PythonFile';
import { printTemplate, Template } from './Template';

/** Calls that take the table's name in parts. */
const IN_PARTS =
  /^(BigQueryTableExistence\w*Sensor|BigQueryGetDataOperator|BigQueryTableExistenceTrigger)$/;

/**
 * Airflow operators that take project, dataset and table apart: a sensor that waits
 * for the table, and one that fetches columns in the order in which they are listed.
 */
export function renameTable(
  file: PythonFile,
  sink: Sink,
  call: CodeNode,
): Outcome | undefined {
  const { tree, evaluator, context, view } = file;
  const method = methodOf(tree, call);
  if (!IN_PARTS.test(method) || sink.keyword !== 'table_id') {
    return undefined;
  }
  const args = argumentsOf(tree, call);
  const part = (keyword: string): Template | undefined => {
    const found = args.find(arg => arg.keyword === keyword);
    return found && evaluator.evaluate(found.value);
  };
  const dataset = part('dataset_id');
  const project = part('project_id') ?? part('table_project_id');
  const table = printTemplate(sink.template);
  if (!dataset || table.includes('.')) {
    return undefined;
  }
  const names = [
    ...(project ? [printTemplate(project)] : []),
    printTemplate(dataset),
    table,
  ];
  const match =
    context.matcher.matchTable(names.join('.')) ??
    context.matcher.matchTable(names.slice(-2).join('.'));
  const next = match?.replacement.split('.').slice(-2);
  const short = next && next.length === 2 ? next : undefined;
  if (!short) {
    return undefined;
  }
  const edits = [
    changePieces(evaluator, sink.template.pieces, table, short[1]),
    changePieces(evaluator, dataset.pieces, printTemplate(dataset), short[0]),
  ];
  if (method === 'BigQueryGetDataOperator') {
    const fields = args.find(arg => arg.keyword === 'selected_fields');
    const listed = fields && evaluator.evaluate(fields.value);
    const plain = args.every(({ keyword }) => keyword !== 'as_dict');
    const old = listed && printTemplate(listed);
    const columns = old?.split(',').map(name => {
      const field = view.fields.get(name.trim().toLowerCase());
      return newName(field);
    });
    const usable =
      plain && !view.where && !view.groupBy && listed && old !== undefined;
    if (!usable || !columns?.every(name => name !== undefined)) {
      return undefined;
    }
    const [only] = listed.pieces;
    const text = columns.join(',');
    const written =
      only?.kind === 'text' ? only.literal.encode(text) : undefined;
    if (
      listed.pieces.length !== 1 ||
      only.kind !== 'text' ||
      written === undefined
    ) {
      return undefined;
    }
    const { start, end } = only.literal;
    const same = text === old.replace(/\s/g, '');
    const change = [{ start, end, text: written ?? '', owner: start }];
    edits.push(same ? [] : change);
  }
  if (!edits.every(list => list !== undefined)) {
    return undefined;
  }
  return {
    edits: edits.flat(),
    comments: [],
    node: call,
    uses: [
      {
        place: placeOf(file, sink.node),
        context: 'table',
        route: 'codemod',
        snippet: tree.textOf(sink.node),
      },
    ],
    findings: [],
    statements: [],
  };
}

function newName(field: ViewField | undefined): string | undefined {
  return field?.kind === 'expression' && field.expression.column
    ? field.expression.text.replace(/[`"]/g, '')
    : undefined;
}
