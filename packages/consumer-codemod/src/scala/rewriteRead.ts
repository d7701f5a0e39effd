import { FieldMapping } from 'backstage-plugin-dataset-migration-common';
import { EmbeddedPart, EmbeddedSql } from '../embedded/EmbeddedSql';
import { rewriteVirtual } from '../embedded/rewriteEmbedded';
import { VirtualSql } from '../embedded/VirtualSql';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { placeAt } from '../text/placeAt';
import { CodeNode } from '../treeSitter/CodeParser';
import { printQuery } from './printQuery';
import { readString } from './readString';
import { RowKeys, rowUses } from './rowUses';
import { childOf, namedChildren } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { TableSpec } from './matchSpec';
import { TableUse } from './TableUse';

/** Each way to read a table, with the way to read a query. */
const QUERY_OF: Record<string, string> = {
  bigQueryTable: 'bigQuerySelect',
  typedBigQueryTable: 'typedBigQuerySelect',
  typedBigQuery: 'typedBigQuery',
  bigQueryStorage: 'bigQueryStorage',
  typedBigQueryStorage: 'typedBigQueryStorage',
  fromTable: 'fromQuery',
  fromStorage: 'fromQuery',
};
const WRITES = /^(saveAs\w*BigQuery\w*|writeTableRows|writeToBigQuery)$/;
const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** How a read of the table has to change. */
export type ReadChange =
  /** The table's name changes, with keys of rows here and there. */
  | 'name'
  /** The whole argument becomes a query. */
  | 'query'
  | 'refused';

/** Plans what becomes of one read of the table as a whole. */
export async function rewriteRead(
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
  if (!(use.name in QUERY_OF) || isAnnotation !== (use.kind === 'annotation')) {
    return refuse('SCALA_TABLE_USE_UNKNOWN', use.name);
  }
  const args = readArguments(plan, use);
  if (!args) {
    return refuse('SCALA_TABLE_USE_UNKNOWN', use.name);
  }
  const { selected, restriction } = args;
  const keys =
    use.name === 'bigQueryTable' || use.name === 'bigQueryStorage'
      ? rowUses(plan.file, plan.binders, use.node)
      : undefined;
  const columns =
    selected?.map(({ name }) => name) ??
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
  if (keys && restriction === undefined && areRenames(used, context)) {
    renameKeys(plan, keys, selected ?? [], used);
    plan.use(use.reference, 'codemod');
    return 'name';
  }
  if (isAnnotation) {
    const needed = requiredField(used, context);
    if (needed) {
      return refuse('SCALA_TYPED_FIELD', needed);
    }
    if (namesCompanion(plan, use, context)) {
      return refuse('SCALA_TYPED_FIELD');
    }
  }
  const line = plan.file.text.lastIndexOf('\n', use.node.start - 1) + 1;
  const indent = plan.file.text.slice(line).match(/^[ \t]*/)?.[0] ?? '';
  const literal = printQuery(after, virtual, {
    indent,
    interpolate: !isAnnotation,
  });
  if (
    literal === undefined ||
    changes.some(change => !isConstantHole(virtual, change.hole))
  ) {
    return refuse('EMBEDDED_QUOTES');
  }
  plan.edit(use.nameNode.start, use.nameNode.end, QUERY_OF[use.name]);
  const argument = use.wrapper ? `${queryType(plan)}(${literal})` : literal;
  plan.edit(use.list.start, use.list.end, `(${argument})`);
  const place = placeAt(
    plan.file.path,
    plan.file.text,
    use.node.start,
    use.node.end,
  );
  plan.findings.push(findingFor('SCALA_READ_AS_QUERY', place));
  plan.statements.push(
    ...rewritten.statements.map(statement => ({
      ...statement,
      label: `line ${place.line}, ${statement.label}`,
    })),
  );
  plan.use(use.reference, 'codemod');
  return 'query';
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

interface Selected {
  name: string;
  node: CodeNode;
}

/** Arguments besides the table; nothing if there is one that is not known. */
function readArguments(
  plan: ScalaPlan,
  use: TableUse,
): { selected?: Selected[]; restriction?: EmbeddedSql } | undefined {
  const { file, binders } = plan;
  const args = namedChildren(use.list);
  const [first, ...others] = args;
  if (first !== use.argument) {
    return undefined;
  }
  if (
    first.type === 'assignment_expression' &&
    !/^(table|newSource|tableSpec)\b/.test(file.source(first))
  ) {
    return undefined;
  }
  const storage = /storage/i.test(use.name);
  let selected: Selected[] | undefined;
  let restriction: EmbeddedSql | undefined;
  for (const [index, arg] of others.entries()) {
    const named = arg.type === 'assignment_expression';
    const left = named ? childOf(arg, 'left') : undefined;
    const value = named ? childOf(arg, 'right') : arg;
    const name = left
      ? file.source(left)
      : ['selectedFields', 'rowRestriction'][index];
    if (use.name === 'fromTable' && !named) {
      // Values for `%s` in the name, which have been read with it.
      continue;
    }
    if (!storage || !value) {
      return undefined;
    }
    if (name === 'selectedFields') {
      selected = readList(plan, value);
      if (!selected) {
        return undefined;
      }
    } else if (name === 'rowRestriction') {
      restriction = readString(file, binders, value);
      if (!restriction) {
        return undefined;
      }
    } else {
      return undefined;
    }
  }
  return {
    ...(selected && selected.length > 0 && { selected }),
    ...(restriction && restriction.parts.length > 0 && { restriction }),
  };
}

function readList(plan: ScalaPlan, node: CodeNode): Selected[] | undefined {
  const { file } = plan;
  if (
    /^(Nil|List\.empty(\[String\])?|Seq\.empty(\[String\])?)$/.test(
      file.source(node),
    )
  ) {
    return [];
  }
  const list = childOf(node, 'arguments');
  const target = childOf(node, 'function');
  if (!list || !target || !/^(List|Seq|Array)$/.test(file.source(target))) {
    return undefined;
  }
  const items = namedChildren(list).map(item => ({
    name: file.source(item).slice(1, -1),
    node: item,
  }));
  return items.every(
    ({ node: item, name }) => item.type === 'string' && PLAIN_NAME.test(name),
  )
    ? items
    : undefined;
}

/** Keys that rows are read by, if all of them are fields of the old dataset. */
function knownKeys(
  keys: RowKeys | undefined,
  { mapping }: RewriteContext,
): string[] | undefined {
  const names = [...(keys?.keys() ?? [])];
  return names.length > 0 &&
    names.every(name => mapping.fields.some(field => field.name === name))
    ? names
    : undefined;
}

/** The fields of `T` in `typedBigQuery[T]`, where `T` is a case class of the file. */
function classFields(
  plan: ScalaPlan,
  use: TableUse,
  { mapping }: RewriteContext,
): string[] | undefined {
  const { file, binders } = plan;
  const generic = childOf(use.node, 'function');
  const types =
    generic?.type === 'generic_function'
      ? childOf(generic, 'type_arguments')
      : undefined;
  const [type, ...more] = types ? namedChildren(types) : [];
  const definition =
    type && more.length === 0 ? binders.only(file.source(type)) : undefined;
  const parameters =
    definition?.type === 'class_definition'
      ? childOf(definition, 'class_parameters')
      : undefined;
  const names = (parameters ? namedChildren(parameters) : []).flatMap(
    parameter => {
      const name = childOf(parameter, 'name');
      return name ? [file.source(name)] : [];
    },
  );
  return names.length > 0 &&
    names.every(name => mapping.fields.some(field => field.name === name))
    ? names
    : undefined;
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

function fieldsOf(
  uses: ReadonlyArray<{ field?: string; context: string }>,
  columns: readonly string[] | undefined,
  { mapping }: RewriteContext,
): FieldMapping[] {
  const named = new Set(
    [...(columns ?? []), ...uses.flatMap(({ field }) => field ?? [])].map(
      name => name.toLowerCase(),
    ),
  );
  return mapping.fields.filter(
    ({ name }) => columns === undefined || named.has(name.toLowerCase()),
  );
}

function keepsRows({ mapping }: RewriteContext): boolean {
  return mapping.rows.grain === 'same' && mapping.rows.where === undefined;
}

function typesOf(name: string, to: string, { mapping }: RewriteContext) {
  const find = (side: typeof mapping.from, field: string) =>
    side.contract.fields.find(
      each => each.name.toLowerCase() === field.toLowerCase(),
    );
  return { old: find(mapping.from, name), next: find(mapping.to, to) };
}

/** Everything that is read has kept its name and its type. */
function isNameOnly(used: readonly FieldMapping[], context: RewriteContext) {
  return (
    keepsRows(context) &&
    used.every(field => field.kind === 'same' && keepsType(field, context))
  );
}

function keepsType(field: FieldMapping, context: RewriteContext): boolean {
  if (field.kind === 'ask' || field.kind === 'gone') {
    return false;
  }
  const { old, next } = typesOf(field.name, field.is, context);
  return (
    old !== undefined &&
    next !== undefined &&
    old.type === next.type &&
    old.required === next.required
  );
}

/** Everything that is read has at most another name. */
function areRenames(used: readonly FieldMapping[], context: RewriteContext) {
  return (
    keepsRows(context) &&
    used.every(
      field =>
        (field.kind === 'same' || field.kind === 'rename') &&
        PLAIN_NAME.test(field.is) &&
        keepsType(field, context),
    )
  );
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

/** A query's fields may all be NULL, so a class made of it has other types than one made of a table. */
function requiredField(
  used: readonly FieldMapping[],
  { mapping }: RewriteContext,
): string | undefined {
  return used.find(({ name }) =>
    mapping.from.contract.fields.some(
      field => field.name === name && (field.required || field.primaryKey),
    ),
  )?.name;
}

/** `Row.table` and its like exist only for a class that is made of a table. */
function namesCompanion(
  plan: ScalaPlan,
  use: TableUse,
  { files }: RewriteContext,
): boolean {
  const { file, binders } = plan;
  const definition = file.around(use.node, 'class_definition');
  const name = definition && childOf(definition, 'name');
  if (!name) {
    return true;
  }
  const text = file.source(name);
  const typed = new RegExp(
    `typedBigQuery(Table|Storage)\\[(?:[\\w.]+\\.)?${text}\\]|\\b${text}\\.(table\\w*|selectedFields|rowRestriction)\\b`,
  );
  return (
    binders.uses(text).some(node => {
      const parent = file.parent(node);
      return parent?.type === 'field_expression' && node.field === 'value';
    }) ||
    typed.test(file.text) ||
    files.some(
      other => /\.(scala|sc)$/.test(other.path) && typed.test(other.text),
    )
  );
}
