import { FieldMapping } from 'backstage-plugin-dataset-migration-common';
import { EmbeddedPart, EmbeddedSql } from '../embedded/EmbeddedSql';
import { rewriteVirtual } from '../embedded/rewriteEmbedded';
import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { RewrittenStatement } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { prepareView } from '../rewrite/View';
import { placeAt } from '../text/placeAt';
import { CHOICE_INDENT, editChoice } from './editChoice';
import { printQuery } from './printQuery';
import { moveCompanionKeys } from './companionKeys';
import { makeExplicit } from './explicitClass';
import { namesCompanion } from './namesCompanion';
import {
  classFields,
  knownKeys,
  ReadArguments,
  readArguments,
  Selected,
} from './readArguments';
import { areRenames, fieldsOf, isNameOnly, requiredField } from './readFields';
import { RowKeys, rowUses } from './rowUses';
import { ReadChange, ScalaPlan } from './ScalaPlan';
import { editFrame, sparkFrame } from './sparkFrame';
import { TableSpec } from './matchSpec';
import { TableUse } from './TableUse';

/** Each way to read a table, with the way to read a query. */
const QUERY_OF: Record<string, string> = {
  bigQueryTable: 'bigQuerySelect',
  typedBigQueryTable: 'typedBigQuerySelect',
  typedBigQuery: 'typedBigQuery',
  bigQueryStorage: 'bigQueryStorage',
  typedBigQueryStorage: 'typedBigQueryStorage',
  typedBigQueryStorageMagnolify: 'typedBigQueryStorageMagnolify',
  fromTable: 'fromQuery',
  fromStorage: 'fromQuery',
};
const WRITES = /^(saveAs\w*BigQuery\w*|writeTableRows|writeToBigQuery)$/;

/** Plans what becomes of one read of the table as a whole. */
export async function rewriteRead(
  plan: ScalaPlan,
  use: TableUse,
  spec: TableSpec,
  context: RewriteContext,
): Promise<ReadChange> {
  const change = await changeRead(plan, use, spec, context);
  plan.reads.push(change);
  return change;
}

async function changeRead(
  plan: ScalaPlan,
  use: TableUse,
  spec: TableSpec,
  context: RewriteContext,
): Promise<ReadChange> {
  const refuse = (reason: string, detail?: string): ReadChange => {
    plan.refuse(reason, use.reference, detail);
    return 'refused';
  };
  if (WRITES.test(use.name)) {
    return refuse('SQL_WRITES_OLD_DATASET');
  }
  if (/^BigQuery(IO|Tap)$/.test(use.name)) {
    return refuse('SCALA_TEST_DATA');
  }
  const isAnnotation = use.name === 'fromTable' || use.name === 'fromStorage';
  const frame = sparkFrame(plan.file, use);
  const isKnown =
    use.name in QUERY_OF && isAnnotation === (use.kind === 'annotation');
  if (!frame && !isKnown) {
    return refuse('SCALA_TABLE_USE_UNKNOWN', use.name);
  }
  const args = frame ? {} : readArguments(plan, use);
  if (!args) {
    return refuse('SCALA_TABLE_USE_UNKNOWN', use.name);
  }
  const { selected, restriction }: ReadArguments = args;
  const keys =
    use.name === 'bigQueryTable' || use.name === 'bigQueryStorage'
      ? rowUses(plan.file, plan.binders, use.node)
      : undefined;
  const columns =
    (isAnnotation ? inOrder(selected, context) : selected)?.map(
      ({ name }) => name,
    ) ??
    knownKeys(keys, context) ??
    classFields(plan, use, context);
  const virtual = new VirtualSql(
    synthetic(use, spec, columns, restriction),
    plan.file.text,
  );
  const rewritten = await rewriteVirtual(virtual, plan.file.path, context);
  const { after, edits, findings, changes } = rewritten;
  if (findings.some(({ reason }) => reason === 'FIELD_LEFT_TO_OWNER')) {
    plan.findings.push(...findings);
    for (const edit of edits ?? []) {
      const text = edit.text.trim().replace(/^-- /, '');
      plan.comments.push({ at: use.node.start, text });
    }
    plan.use(use.reference, 'person');
    return 'refused';
  }
  if (after === undefined) {
    if (findings.every(({ route }) => route === 'codemod')) {
      return refuse('SCALA_TABLE_USE_UNKNOWN', use.name);
    }
    plan.findings.push(...findings);
    plan.use(
      use.reference,
      findings.some(({ route }) => route === 'person') ? 'person' : 'question',
    );
    return 'refused';
  }
  const used = fieldsOf(rewritten.uses, columns, context);
  if (isNameOnly(used, context)) {
    plan.use(use.reference, 'codemod');
    return 'name';
  }
  if (use.choice && (frame || isAnnotation)) {
    return refuse('SCALA_TABLE_FROM_ARGS');
  }
  if (frame) {
    const view = await prepareView({ ...context, path: plan.file.path });
    if (!editFrame(plan, use, frame, view)) {
      return refuse('SQL_OTHER_DIALECT', use.name);
    }
    plan.statements.push(...labelled(plan, use, rewritten.statements));
    plan.use(use.reference, 'codemod');
    return 'name';
  }
  // What the command line names keeps its keys.
  const renames = !use.choice && areRenames(used, context);
  if (keys && restriction === undefined && renames) {
    renameKeys(plan, keys, selected ?? [], used);
    plan.use(use.reference, 'codemod');
    return 'name';
  }
  const { start } = use.choice ? use.node : use.nameNode;
  const line = plan.file.text.lastIndexOf('\n', start - 1) + 1;
  const indent = plan.file.text.slice(line).match(/^[ \t]*/)?.[0] ?? '';
  const printed = printQuery(after, virtual, {
    indent: use.choice ? indent + CHOICE_INDENT : indent,
    interpolate: !isAnnotation,
  });
  if (
    printed === undefined ||
    changes.some(change => !isConstantHole(virtual, change.hole))
  ) {
    return refuse('EMBEDDED_QUOTES');
  }
  const needed = isAnnotation ? requiredField(used, context) : undefined;
  if (needed) {
    const names =
      columns ?? context.mapping.from.contract.fields.map(({ name }) => name);
    if (!(await makeExplicit(plan, use, names, printed.literal, context))) {
      return refuse('SCALA_TYPED_FIELD', needed);
    }
  } else if (
    isAnnotation &&
    namesCompanion(plan, use, context) &&
    !(await moveCompanionKeys(plan, use, printed.literal, context))
  ) {
    return refuse('SCALA_TYPED_FIELD');
  }
  const method = QUERY_OF[use.name];
  const argument = use.wrapper
    ? `${queryType(plan)}(${printed.literal})`
    : printed.literal;
  if (printed.text !== undefined) {
    plan.expected.push(printed.text);
  }
  if (needed) {
    // The query stands where the class is read.
  } else if (!use.choice) {
    plan.edit(use.nameNode.start, use.nameNode.end, method);
    plan.edit(use.list.start, use.list.end, `(${argument})`);
  } else if (!editChoice(plan, use, { method, argument })) {
    return refuse('SCALA_TABLE_FROM_ARGS');
  }
  plan.queries.push({
    use,
    literal: printed.literal,
    isFixed: printed.text !== undefined,
  });
  const { path, text } = plan.file;
  const place = placeAt(path, text, use.node.start, use.node.end);
  plan.findings.push(findingFor('SCALA_READ_AS_QUERY', place));
  plan.statements.push(...labelled(plan, use, rewritten.statements));
  plan.use(use.reference, 'codemod');
  return 'query';
}

/** Fields of a class have the order of the table, whatever the order they are selected in. */
function inOrder(
  selected: readonly Selected[] | undefined,
  { mapping }: RewriteContext,
): readonly Selected[] | undefined {
  const order = mapping.from.contract.fields.map(({ name }) =>
    name.toLowerCase(),
  );
  const place = ({ name }: Selected) => order.indexOf(name.toLowerCase());
  return selected && [...selected].sort((a, b) => place(a) - place(b));
}

/** Statements of a read, told apart by its line. */
function labelled(
  { file: { path, text } }: ScalaPlan,
  { node }: TableUse,
  statements: readonly RewrittenStatement[],
): RewrittenStatement[] {
  const { line } = placeAt(path, text, node.start, node.end);
  return statements.map(statement => ({
    ...statement,
    label: `line ${line}, ${statement.label}`,
  }));
}

/** Scio's type for a query, as the file can name it. */
function queryType(plan: ScalaPlan): string {
  return /import\s+com\.spotify\.scio\.bigquery\.(_|\*)/.test(plan.file.text)
    ? 'Query'
    : 'com.spotify.scio.bigquery.Query';
}

/** The constant keeps its name, and its text is edited where it is defined. */
function isConstantHole(virtual: VirtualSql, hole: number): boolean {
  return virtual.holes[hole]?.origin !== undefined;
}

/** `SELECT … FROM` the old table: what the read means, for the engine to rewrite. */
function synthetic(
  use: TableUse,
  spec: TableSpec,
  columns: readonly string[] | undefined,
  restriction: EmbeddedSql | undefined,
): EmbeddedSql {
  const { start } = use.reference;
  const literal = { start, end: start, encode: () => undefined };
  const text = (value: string): EmbeddedPart => ({
    kind: 'text',
    text: value,
    start,
    end: start,
    literal,
  });
  return {
    start: use.reference.start,
    end: use.reference.end,
    parts: [
      text(`SELECT ${columns?.join(', ') ?? '*'} FROM \``),
      ...spec.dotted.parts,
      text('`'),
      ...(restriction ? [text(' WHERE '), ...restriction.parts] : []),
    ],
  };
}

function renameKeys(
  plan: ScalaPlan,
  keys: RowKeys,
  selected: readonly Selected[],
  used: readonly FieldMapping[],
) {
  for (const field of used) {
    if (field.kind !== 'rename') {
      continue;
    }
    const literals = [
      ...(keys.get(field.name) ?? []),
      ...selected
        .filter(({ name }) => name === field.name)
        .map(({ node }) => node),
    ];
    for (const literal of literals) {
      plan.edit(literal.start + 1, literal.end - 1, field.is);
      plan.use(literal, 'codemod', field.name);
    }
  }
}
