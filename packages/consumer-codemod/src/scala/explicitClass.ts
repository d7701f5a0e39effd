import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { moveCompanionKeys } from './companionKeys';
import { isPlainName } from './isPlainName';
import { namesCompanion } from './namesCompanion';
import { otherUsers } from './otherUsers';
import { childOf, namedChildren } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { callee, TableUse } from './TableUse';

/** What Scio makes of a field's type. */
const TYPES: Record<string, string> = {
  STRING: 'String',
  INT64: 'Long',
  FLOAT64: 'Double',
  BOOL: 'Boolean',
  TIMESTAMP: 'org.joda.time.Instant',
  DATE: 'org.joda.time.LocalDate',
};
/** Longer lists get a line for each field. */
const MAX_LINE = 80;
const WORDS =
  /^(abstract|case|catch|class|def|do|else|extends|false|final|finally|for|forSome|if|implicit|import|lazy|macro|match|new|null|object|override|package|private|protected|return|sealed|super|this|throw|trait|try|true|type|val|var|while|with|yield)$/;

/**
 * Writes out a class that was made of a schema with required fields, as no query says
 * that a field is required, and reads it by the query where it is read. False, and
 * nothing is planned, if the class is used in a way that needs the annotation.
 */
export async function makeExplicit(
  plan: ScalaPlan,
  use: Pick<TableUse, 'node' | 'nameNode' | 'list'>,
  columns: readonly string[],
  query: string,
  context: RewriteContext,
): Promise<boolean> {
  const { file } = plan;
  const definition = file.around(use.node, 'class_definition');
  const name = definition && childOf(definition, 'name');
  const fields = columns.map(column => printField(column, context));
  if (!definition || !name || !isPlainName(file.source(name))) {
    return false;
  }
  const text = file.source(name);
  const word = file.text.lastIndexOf('class', name.start);
  // A plain class without members; Scio's newer reads take a `Query`.
  const isPlain =
    /^class\s+$/.test(file.text.slice(word, name.start)) &&
    name.end === definition.end &&
    !/\b(?:case|abstract|final|sealed|private)\s+$/.test(
      file.text.slice(definition.start, word),
    ) &&
    file.around(definition, 'object_definition') !== undefined &&
    /import\s+com\.spotify\.scio\.bigquery\.(?:_|\*)/.test(file.text) &&
    /\b(?:Table\.Spec|Query)\(/.test(file.text);
  const reads = readsOf(plan, text);
  if (!isPlain || fields.includes(undefined) || !reads) {
    return false;
  }
  const read = new RegExp(`typedBigQuery\\w*\\[(?:[\\w.]+\\.)?${text}\\]`);
  const isReadElsewhere = otherUsers(file, definition, context.files).some(
    other => read.test(other.text),
  );
  if (
    isReadElsewhere ||
    (namesCompanion(plan, use, context) &&
      !(await moveCompanionKeys(plan, use, query, context)))
  ) {
    return false;
  }
  plan.edit(use.nameNode.start, use.list.end, 'toTable');
  plan.edit(
    word,
    name.end,
    `case class ${text}${parameters(plan, word, fields)}`,
  );
  for (const list of reads) {
    plan.edit(list.start, list.end, `(Query(${query}))`);
  }
  return true;
}

/** In one line where they fit, else one by one. */
function parameters(
  { file }: ScalaPlan,
  start: number,
  fields: ReadonlyArray<string | undefined>,
): string {
  const line = file.text.lastIndexOf('\n', start - 1) + 1;
  const indent = file.text.slice(line).match(/^[ \t]*/)?.[0] ?? '';
  const single = `(${fields.join(', ')})`;
  return single.length <= MAX_LINE
    ? single
    : `(\n${indent}  ${fields.join(`,\n${indent}  `)}\n${indent})`;
}

function printField(
  column: string,
  { mapping }: RewriteContext,
): string | undefined {
  const field = mapping.from.contract.fields.find(
    each => each.name.toLowerCase() === column.toLowerCase(),
  );
  const isKnown =
    field &&
    Object.hasOwn(TYPES, field.type) &&
    /^[A-Za-z]\w*$/.test(field.name) &&
    !WORDS.test(field.name);
  if (!isKnown) {
    return undefined;
  }
  const type = TYPES[field.type];
  const isRequired = field.required || field.primaryKey;
  return `${field.name}: ${isRequired ? type : `Option[${type}]`}`;
}

/** The empty arguments of each `typedBigQuery[Row]()`; nothing if there is none, or another read. */
function readsOf({ file }: ScalaPlan, name: string): CodeNode[] | undefined {
  const reads = [
    ...file.text.matchAll(
      new RegExp(`\\btypedBigQuery\\w*\\s*\\[[^\\]]*\\b${name}\\s*\\]`, 'g'),
    ),
  ].filter(({ index }) => !file.inComment(index));
  const lists = file.nodes.flatMap(node => {
    const target = node.type === 'call_expression' ? callee(node) : undefined;
    const list = childOf(node, 'arguments');
    const generic = childOf(node, 'function');
    const types = generic && childOf(generic, 'type_arguments');
    const method = target && (childOf(target, 'field') ?? target);
    const isRead =
      types &&
      method &&
      file.source(method) === 'typedBigQuery' &&
      file.source(types) === `[${name}]` &&
      list?.type === 'arguments' &&
      namedChildren(list).length === 0;
    return isRead ? [list] : [];
  });
  return lists.length > 0 && lists.length === reads.length ? lists : undefined;
}
