import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  Node,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from 'yaml';
import { findDbtCalls } from '../mask/dbtCalls';
import { NameMatcher } from '../names/NameMatcher';
import { applyEdits, Edit } from '../patch/Edit';
import { FileResult } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { placeAt } from '../text/placeAt';

/** dbt's own YAML: sources, models and exposures. */
export function isDbtYaml(path: string, text: string): boolean {
  return (
    /\.ya?ml$/.test(path) &&
    /^(sources|models|exposures|snapshots|seeds|semantic_models|unit_tests|metrics):/m.test(
      text,
    ) &&
    !/(^|\/)dbt_project\.ya?ml$/.test(path)
  );
}

interface YamlContext {
  path: string;
  text: string;
  mapping: DatasetMapping;
  matcher: NameMatcher;
  edits: Edit[];
  result: FileResult;
  /** Some model still reads the old source, so its declaration stays beside the new one. */
  keepOld: boolean;
}

/**
 * Moves dbt declarations to the new dataset: the declared source table, its
 * renamed columns, and references in tests and exposures. Scalars are replaced in
 * the text; the document is never printed.
 */
export function rewriteDbtYaml(
  path: string,
  text: string,
  mapping: DatasetMapping,
  matcher: NameMatcher,
  keepOld: boolean,
): FileResult {
  const result: FileResult = { path, statements: [], uses: [], findings: [] };
  const document = parseDocument(text, {
    lineCounter: new LineCounter(),
    keepSourceTokens: true,
  });
  if (document.errors.length > 0) {
    const place = placeAt(path, text, 0, 0);
    result.findings.push(findingFor('CONFIG_NOT_SUPPORTED', place));
    return result;
  }
  const context: YamlContext = {
    path,
    text,
    mapping,
    matcher,
    edits: [],
    result,
    keepOld,
  };
  if (isMap(document.contents)) {
    for (const source of maps(document.contents.get('sources', true))) {
      rewriteSource(context, source);
    }
  }
  visit(document, {
    Map(_, map) {
      rewriteRelationship(context, map);
    },
    Scalar(_, node, ancestors) {
      rewriteReference(context, node, keyOf(ancestors));
    },
  });
  if (result.findings.some(finding => finding.route === 'person')) {
    return result;
  }
  const after = applyEdits(text, context.edits);
  return after === text ? result : { ...result, after };
}

function maps(node: unknown): YAMLMap[] {
  return isSeq(node) ? node.items.filter(isMap) : [];
}

function scalar(map: YAMLMap, key: string): Scalar<string> | undefined {
  const node = map.get(key, true);
  return isScalar(node) && typeof node.value === 'string'
    ? (node as Scalar<string>)
    : undefined;
}

function use(context: YamlContext, node: Node, field?: string) {
  const [start, end] = node.range ?? [0, 0];
  context.result.uses.push({
    place: placeAt(context.path, context.text, start, end),
    context: 'text',
    route: 'codemod',
    snippet: context.text.slice(start, end),
    ...(field && { field }),
  });
}

/** Replaces a scalar's value and keeps its quotes. */
function replace(context: YamlContext, node: Scalar<string>, value: string) {
  const [start, end] = node.range ?? [0, 0];
  const written = context.text.slice(start, end);
  const at = written.indexOf(node.value);
  if (at === -1) {
    refuse(context, node, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const text = written.replace(node.value, () => value);
  if (text !== written && !context.edits.some(edit => edit.start === start)) {
    context.edits.push({ start, end, text, owner: start });
  }
}

function refuse(context: YamlContext, node: Node, reason: string) {
  const [start, end] = node.range ?? [0, 0];
  context.result.findings.push(
    findingFor(reason, placeAt(context.path, context.text, start, end)),
  );
}

function rewriteSource(context: YamlContext, source: YAMLMap) {
  const sourceName = scalar(source, 'name');
  if (!sourceName) {
    return;
  }
  const tables = maps(source.get('tables', true));
  for (const table of tables) {
    const name = scalar(table, 'name');
    const target =
      name &&
      context.matcher.matchJinja('source', [sourceName.value, name.value]);
    if (!name || !target || target.call !== 'source') {
      continue;
    }
    const [newSource, newTable] = target.args;
    const declared = tables.some(
      other => scalar(other, 'name')?.value === newTable,
    );
    if (declared) {
      // The new table is declared already; the old declaration reads nothing.
      continue;
    }
    use(context, name);
    if (newSource !== sourceName.value) {
      refuse(context, name, 'CONFIG_NOT_SUPPORTED');
      continue;
    }
    if (context.keepOld) {
      declareBeside(context, table, newTable);
      continue;
    }
    replace(context, name, newTable);
    const identifier = scalar(table, 'identifier');
    if (identifier?.value === name.value) {
      replace(context, identifier, newTable);
    }
    const columns = maps(table.get('columns', true));
    for (const column of columns) {
      rewriteColumn(context, column, columns);
    }
    rewriteTableTests(context, table);
  }
}

/** Puts a declaration of the new table in front of the old one's. */
function declareBeside(context: YamlContext, table: YAMLMap, name: string) {
  const start = table.range?.[0] ?? 0;
  const lineStart = context.text.lastIndexOf('\n', start - 1) + 1;
  const lead = context.text.slice(lineStart, start);
  if (!/^[ \t]*-[ \t]+$/.test(lead)) {
    refuse(context, table, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  const newline = context.text.includes('\r\n') ? '\r\n' : '\n';
  const text = `name: ${name}${newline}${lead}`;
  context.edits.push({ start, end: start, text, owner: start });
}

function renamed(context: YamlContext, field: string): string | undefined {
  const mapping = context.mapping.fields.find(
    entry => entry.name.toLowerCase() === field.toLowerCase(),
  );
  return mapping?.kind === 'same' || mapping?.kind === 'rename'
    ? mapping.is
    : undefined;
}

/**
 * A renamed column is renamed. One without a plain counterpart goes with its line,
 * unless something tests it.
 */
function rewriteColumn(
  context: YamlContext,
  column: YAMLMap,
  siblings: readonly YAMLMap[],
) {
  const name = scalar(column, 'name');
  if (!name || !isField(context, name.value)) {
    return;
  }
  const newName = renamed(context, name.value);
  if (newName !== undefined) {
    replace(context, name, newName);
    return;
  }
  use(context, name, name.value);
  const tested = column.has('tests') || column.has('data_tests');
  if (tested || !removeItem(context, column, siblings)) {
    refuse(context, name, 'DBT_TEST_UNSUPPORTED');
  }
}

function isField({ mapping }: YamlContext, name: string): boolean {
  return mapping.fields.some(
    field => field.name.toLowerCase() === name.toLowerCase(),
  );
}

/** Takes a list item's lines out; false if the list would be empty or is on one line. */
function removeItem(
  context: YamlContext,
  item: YAMLMap,
  siblings: readonly YAMLMap[],
): boolean {
  const { text } = context;
  const lineOf = (node: YAMLMap) =>
    text.lastIndexOf('\n', (node.range?.[0] ?? 0) - 1) + 1;
  const start = lineOf(item);
  const left = siblings.filter(other => {
    const name = scalar(other, 'name');
    return name && renamed(context, name.value) !== undefined;
  });
  const lead = text.slice(start, item.range?.[0] ?? 0);
  if (left.length === 0 || !/^[ \t]*-[ \t]+$/.test(lead)) {
    return false;
  }
  const next = siblings[siblings.indexOf(item) + 1];
  const last = text.indexOf('\n', (item.range?.[1] ?? 0) - 1);
  const end = next ? lineOf(next) : last + 1;
  context.edits.push({
    start,
    end: end || text.length,
    text: '',
    owner: start,
  });
  return true;
}

const FIELD_KEYS = /^(field|column|column_name|loaded_at_field)$/;
const FIELD_LISTS = /^(combination_of_columns|column_list|compare_columns)$/;

/** Tests and settings of the source table itself: names of fields are renamed, or it is refused. */
function rewriteTableTests(context: YamlContext, table: YAMLMap) {
  for (const key of ['tests', 'data_tests', 'loaded_at_field', 'freshness']) {
    const pair = table.items.find(
      entry => isScalar(entry.key) && entry.key.value === key,
    );
    if (pair) {
      rewriteTest(context, pair.value, key);
    }
  }
  for (const column of maps(table.get('columns', true))) {
    for (const key of ['tests', 'data_tests']) {
      const node = column.get(key, true);
      if (node !== undefined) {
        rewriteTest(context, node, key);
      }
    }
  }
}

/** `key` is what the node is the value of. */
function rewriteTest(context: YamlContext, node: unknown, key: string): void {
  if (isSeq(node)) {
    node.items.forEach(item => rewriteTest(context, item, key));
  } else if (isMap(node)) {
    if (node.has('to')) {
      // `relationships` names a field of the other side.
      return;
    }
    for (const pair of node.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : key;
      rewriteTest(context, pair.value, name);
    }
  } else if (isScalar(node) && typeof node.value === 'string') {
    const scalarNode = node as Scalar<string>;
    const changed = context.mapping.fields.filter(
      field => renamed(context, field.name) !== field.name,
    );
    const words = (node.value.toLowerCase().match(/[a-z_]\w*/g) ?? []).filter(
      word => changed.some(field => field.name.toLowerCase() === word),
    );
    if (words.length === 0 || key === 'name' || key === 'description') {
      return;
    }
    const newName = renamed(context, node.value);
    if ((FIELD_KEYS.test(key) || FIELD_LISTS.test(key)) && newName) {
      use(context, node, node.value);
      replace(context, scalarNode, newName);
    } else if (!/^(tests|data_tests)$/.test(key)) {
      refuse(context, node, 'DBT_TEST_UNSUPPORTED');
    }
  }
}

/** `relationships: { to: ref('t'), field: country }`. */
function rewriteRelationship(context: YamlContext, map: YAMLMap) {
  const to = scalar(map, 'to');
  const field = scalar(map, 'field');
  if (!to || !field || oldCalls(context, to.value).length === 0) {
    return;
  }
  const newName = renamed(context, field.value);
  const { where, grain } = context.mapping.rows;
  // The new dataset has other rows, so that the test would accept more or less.
  if (newName === undefined || where !== undefined || grain !== 'same') {
    refuse(context, field, 'DBT_TEST_UNSUPPORTED');
  } else {
    use(context, field, field.value);
    replace(context, field, newName);
  }
}

function oldCalls(context: YamlContext, value: string) {
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

/** Keys whose references say nothing of columns or rows. */
const REFERENCE_KEYS = /^(depends_on|to|description|ref|refs|url)$/;

/** The key that a node is the value of, or in whose list it stands. */
function keyOf(path: readonly unknown[]): string {
  const pair = [...path].reverse().find(isPair);
  return pair && isScalar(pair.key) ? String(pair.key.value) : '';
}

/** `ref('t')` in `depends_on` and `to`; elsewhere it may stand for rows or columns. */
function rewriteReference(context: YamlContext, node: Scalar, key: string) {
  if (typeof node.value !== 'string') {
    return;
  }
  const calls = oldCalls(context, node.value);
  if (calls.length === 0) {
    return;
  }
  use(context, node);
  if (!REFERENCE_KEYS.test(key)) {
    refuse(context, node, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  let { value } = node;
  for (const call of [...calls].reverse()) {
    const target = context.matcher.matchJinja(call.call, call.args);
    if (
      !target ||
      target.call !== call.call ||
      target.args.length !== call.argSpans.length
    ) {
      refuse(context, node, 'CONFIG_NOT_SUPPORTED');
      return;
    }
    for (const [index, span] of [...call.argSpans.entries()].reverse()) {
      value =
        value.slice(0, span.start) + target.args[index] + value.slice(span.end);
    }
  }
  replace(context, node as Scalar<string>, value);
}
