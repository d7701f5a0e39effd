import { Place } from 'backstage-plugin-dataset-migration-common';
import { isMap, isScalar, isSeq, Node, Scalar, YAMLMap } from 'yaml';
import { findDbtCalls } from '../mask/dbtCalls';
import { NameMatcher } from '../names/NameMatcher';
import { SqlParser } from '../parser/SqlParser';
import { Edit } from '../patch/Edit';
import { FileResult } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { questionFor } from '../rewrite/questions';
import { View } from '../rewrite/View';
import { placeAt } from '../text/placeAt';

/** One YAML file of dbt on its way. */
export interface YamlContext {
  path: string;
  text: string;
  view: View;
  matcher: NameMatcher;
  parser: SqlParser;
  edits: Edit[];
  result: FileResult;
  /** Some model still reads the old source, so its declaration stays beside the new one. */
  keepOld: boolean;
  /** References that are dealt with, each with all that it stands for. */
  done: Set<Node>;
}

export function maps(node: unknown): YAMLMap[] {
  return isSeq(node) ? node.items.filter(isMap) : [];
}

export function scalar(map: YAMLMap, key: string): Scalar<string> | undefined {
  const node = map.get(key, true);
  return isScalar(node) && typeof node.value === 'string'
    ? (node as Scalar<string>)
    : undefined;
}

function placeOf({ path, text }: YamlContext, node: Node): Place {
  const [start, end] = node.range ?? [0, 0];
  return placeAt(path, text, start, end);
}

/** Notes a use of the dataset, or of one of its fields. */
export function use(context: YamlContext, node: Node, field?: string): void {
  const [start, end] = node.range ?? [0, 0];
  context.result.uses.push({
    place: placeOf(context, node),
    context: 'text',
    route: 'codemod',
    snippet: context.text.slice(start, end),
    ...(field && { field }),
  });
}

/** Replaces a scalar's value and keeps its quotes. */
export function replace(
  context: YamlContext,
  node: Scalar<string>,
  value: string,
): void {
  const [start, end] = node.range ?? [0, 0];
  const written = context.text.slice(start, end);
  if (!written.includes(node.value)) {
    refuse(context, node, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  put(
    context,
    node,
    written.replace(node.value, () => value),
  );
}

/** Replaces a scalar with other text in double quotes. */
export function requote(
  context: YamlContext,
  node: Scalar<string>,
  value: string,
): void {
  put(context, node, `"${value.replace(/[\\"]/g, mark => `\\${mark}`)}"`);
}

/** Replaces a scalar's value with SQL, in its own quotes where those can hold it. */
export function replaceSql(
  context: YamlContext,
  node: Scalar<string>,
  value: string,
): void {
  const [start, end] = node.range ?? [0, 0];
  const written = context.text.slice(start, end);
  const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
  const plain = /^[A-Za-z_][\w.]*$/.test(value);
  const holds = quoted ? !/[\\"'\n]/.test(value) : plain;
  if (holds && written.includes(node.value)) {
    replace(context, node, value);
  } else if (/\n/.test(written)) {
    refuse(context, node, 'CONFIG_NOT_SUPPORTED');
  } else {
    requote(context, node, value);
  }
}

function put(context: YamlContext, node: Node, text: string) {
  const [start, end] = node.range ?? [0, 0];
  const same = text === context.text.slice(start, end);
  if (!same && !context.edits.some(edit => edit.start === start)) {
    context.edits.push({ start, end, text, owner: start });
  }
}

/** Hands a place over. */
export function refuse(
  context: YamlContext,
  node: Node,
  reason: string,
  detail?: string,
): void {
  context.result.findings.push(
    findingFor(reason, placeOf(context, node), detail),
  );
}

/**
 * Whether all of these fields can be written by the mapping; if not, the question
 * that is open, or the reason, is noted. Every name is one of the contract.
 */
export function canWrite(
  context: YamlContext,
  node: Node,
  names: readonly string[],
): boolean {
  const { view } = context;
  let known = true;
  for (const name of names) {
    const field = view.fields.get(name.toLowerCase());
    if (field?.kind === 'question') {
      const type = view.mapping.from.contract.fields.find(
        entry => entry.name.toLowerCase() === name.toLowerCase(),
      )?.type;
      const place = placeOf(context, node);
      context.result.findings.push(
        questionFor(field.mapping, place, type ?? 'STRING'),
      );
      known = false;
    } else if (field?.kind !== 'expression') {
      refuse(context, node, 'DBT_TEST_UNSUPPORTED', name);
      known = false;
    }
  }
  return known;
}

/** What a field is called now, if it is a plain field of the new dataset. */
export function renamed(
  { view }: YamlContext,
  field: string,
): string | undefined {
  const known = view.fields.get(field.toLowerCase());
  return known?.kind === 'expression' && known.expression.column
    ? known.expression.text
    : undefined;
}

export function isField({ view }: YamlContext, name: string): boolean {
  return view.fields.has(name.toLowerCase());
}

/** True if the new dataset holds exactly the rows of the old one. */
export function sameRows({ view }: YamlContext): boolean {
  return view.where === undefined && view.groupBy === undefined;
}

/** Calls of `ref` and `source` in a scalar's value that name the old dataset. */
export function oldCalls(context: YamlContext, value: string) {
  return findDbtCalls({
    kind: 'expression',
    start: 0,
    end: value.length,
    body: value,
    bodyStart: 0,
  }).filter(
    call => context.matcher.matchJinja(call.call, call.args) !== undefined,
  );
}

/** The value with the new dataset's name in each of these calls; nothing if the plan gives none. */
export function moveCalls(
  { matcher }: YamlContext,
  value: string,
  calls: ReturnType<typeof oldCalls>,
): string | undefined {
  let moved = value;
  for (const call of [...calls].reverse()) {
    const target = matcher.matchJinja(call.call, call.args);
    if (
      !target ||
      target.call !== call.call ||
      target.args.length !== call.argSpans.length
    ) {
      return undefined;
    }
    for (const [index, { start, end }] of [
      ...call.argSpans.entries(),
    ].reverse()) {
      moved = moved.slice(0, start) + target.args[index] + moved.slice(end);
    }
  }
  return moved;
}
