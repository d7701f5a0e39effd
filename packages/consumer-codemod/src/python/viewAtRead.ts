import { Finding, Place } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { RewrittenStatement } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { questionFor } from '../rewrite/questions';
import { ViewField } from '../rewrite/View';
import { explanationOf } from '../rewrite/leaveFields';
import { CodeNode } from '../treeSitter/CodeParser';
import { changePieces } from './constants';
import { Sink } from './flows';
import { Outcome, placeOf, PythonFile } from './PythonFile';
import { viewParts } from './queryEdits';
import { unneededFields } from './unneededFields';

/** A call that reads the old table by its name. */
export interface TableUse {
  sink: Sink;
  call: CodeNode;
  old: string;
  next: string;
}

/** The old fields that a read has to give, or what stands against it. */
export type Fields =
  | { ok: true; names: string[] }
  | { ok: false; outcome: Outcome };

/** All fields of the view; one that the owner has to decide on is asked for. */
export function fieldsAt(
  file: PythonFile,
  { sink, call }: TableUse,
  frame: CodeNode,
): Fields {
  const { view, tree } = file;
  const place = placeOf(file, sink.node);
  const unneeded = unneededFields(file, frame);
  const wanted = [...view.fields].filter(([name]) => !unneeded.has(name));
  const open = wanted.flatMap(([, field]) =>
    field.kind === 'expression' ? [] : [field],
  );
  const of = (kind: ViewField['kind']) =>
    open.filter(field => field.kind === kind);
  const stop = (findings: Finding[], comments: string[] = []): Fields => ({
    ok: false,
    outcome: {
      edits: [],
      comments,
      node: call,
      uses: [useOf(file, sink, place, findings[0].route)],
      findings,
      statements: [],
    },
  });
  const questions = of('question');
  if (questions.length > 0) {
    return stop(
      questions.map(field =>
        questionFor(field.mapping, place, typeOf(file, field.name)),
      ),
    );
  }
  const left = of('leave');
  if (left.length > 0) {
    return stop(
      left.map(field => ({
        ...findingFor('FIELD_LEFT_TO_OWNER', place, field.name),
        field: field.name,
      })),
      left.map(field => explanationOf(field)),
    );
  }
  const named = of('drop').find(field =>
    [...tree.strings, ...tree.identifiers].some(
      node => tree.textOf(node).replace(/^\w*["']+|["']+$/g, '') === field.name,
    ),
  );
  if (named) {
    return stop([findingFor('FIELD_DROP_NOT_PROVABLE', place, named.name)]);
  }
  const names = wanted
    .filter(([, field]) => field.kind === 'expression')
    .map(([name]) => name);
  return { ok: true, names };
}

function typeOf(file: PythonFile, name: string): string {
  return (
    file.view.mapping.from.contract.fields.find(field => field.name === name)
      ?.type ?? 'STRING'
  );
}

function useOf(
  file: PythonFile,
  sink: Sink,
  place: Place,
  route: Finding['route'],
) {
  return {
    place,
    context: 'table',
    route,
    snippet: file.tree.textOf(sink.node),
  };
}

/** Edits that make the name in a use the new table's. */
export function renameEdits(
  file: PythonFile,
  { sink, old, next }: Pick<TableUse, 'sink' | 'old' | 'next'>,
): Edit[] | undefined {
  return changePieces(file.evaluator, sink.template.pieces, old, next);
}

/** The read as a statement, to be proved like one. */
export function statementOf(
  file: PythonFile,
  use: TableUse,
  fields: readonly string[],
): RewrittenStatement {
  const { view, context } = file;
  const name = (field: string) => view.fields.get(field)?.name ?? field;
  const quote = (table: string) => `\`${table}\``;
  const place = placeOf(file, use.call);
  return {
    label: `line ${place.line}, read of the table`,
    oldSql: `SELECT ${fields.map(name).join(', ')} FROM ${quote(
      context.matcher.oldTable,
    )}`,
    newSql: viewParts(file, fields, undefined).join(
      quote(context.matcher.newTable),
    ),
    tables: [],
    ordered: false,
  };
}

/** What a rewritten read comes to. */
export function rewrittenRead(
  file: PythonFile,
  use: TableUse,
  edits: Edit[],
  fields: readonly string[],
): Outcome {
  return {
    edits,
    comments: [],
    node: use.call,
    uses: [useOf(file, use.sink, placeOf(file, use.sink.node), 'codemod')],
    findings: [],
    statements: [statementOf(file, use, fields)],
  };
}
