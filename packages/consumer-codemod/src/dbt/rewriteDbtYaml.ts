import {
  isMap,
  isPair,
  isScalar,
  LineCounter,
  Node,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
} from 'yaml';
import { applyEdits } from '../patch/Edit';
import { FileResult } from '../rewrite/FileResult';
import { RewriteContext } from '../rewrite/FileRewriter';
import { findingFor } from '../rewrite/findingFor';
import { prepareView } from '../rewrite/View';
import { placeAt } from '../text/placeAt';
import { isArguments, rewriteRelationTest } from './relationTests';
import { rewriteSource } from './rewriteSources';
import { rewriteSemanticModel } from './semanticModels';
import { rewriteUnitTest } from './unitTests';
import {
  maps,
  moveCalls,
  oldCalls,
  refuse,
  replace,
  use,
  YamlContext,
} from './YamlContext';

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

/**
 * Moves dbt declarations to the new dataset: the declared source table, its
 * renamed columns, and what tests, unit tests, semantic models and exposures read of it. Scalars are
 * replaced in the text; the document is never printed.
 *
 * @throws MappingExpressionError if an expression of the mapping cannot be parsed
 */
export async function rewriteDbtYaml(
  { path, text }: { path: string; text: string },
  rewrite: RewriteContext,
  keepOld: boolean,
): Promise<FileResult> {
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
    view: await prepareView({ ...rewrite, path }),
    matcher: rewrite.matcher,
    parser: rewrite.parser,
    edits: [],
    result,
    keepOld,
    done: new Set(),
  };
  const { contents } = document;
  if (isMap(contents)) {
    for (const source of maps(contents.get('sources', true))) {
      await rewriteSource(context, source);
    }
    for (const model of maps(contents.get('semantic_models', true))) {
      await rewriteSemanticModel(context, model);
    }
    for (const test of maps(contents.get('unit_tests', true))) {
      rewriteUnitTest(context, test);
    }
  }
  const compared: Array<[YAMLMap, readonly unknown[]]> = [];
  const named: Array<[Scalar, string]> = [];
  visit(document, {
    Map(_, map, ancestors) {
      if (isArguments(map)) {
        compared.push([map, ancestors]);
      }
    },
    Scalar(_, node, ancestors) {
      named.push([node, keyOf(ancestors)]);
    },
  });
  for (const [map, ancestors] of compared) {
    await rewriteRelationTest(context, map, ancestors);
  }
  for (const [node, key] of named) {
    rewriteReference(context, node, key);
  }
  if (result.findings.some(({ route }) => route !== 'codemod')) {
    return { ...result, statements: [] };
  }
  const after = applyEdits(text, context.edits);
  if (after !== text && parseDocument(after).errors.length > 0) {
    refuse(context, contents as Node, 'EDIT_NOT_VERIFIED');
    return { ...result, statements: [] };
  }
  return after === text ? result : { ...result, after };
}

/** Keys whose references say nothing of columns or rows. */
const REFERENCE_KEYS = /^(depends_on|description|ref|refs|url)$/;

/** The key that a node is the value of, or in whose list it stands. */
function keyOf(path: readonly unknown[]): string {
  const pair = [...path].reverse().find(isPair);
  return pair && isScalar(pair.key) ? String(pair.key.value) : '';
}

/** `ref('t')` in `depends_on`; elsewhere it may stand for rows or columns. */
function rewriteReference(context: YamlContext, node: Scalar, key: string) {
  if (typeof node.value !== 'string' || context.done.has(node)) {
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
  const value = moveCalls(context, node.value, calls);
  if (value === undefined) {
    refuse(context, node, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  replace(context, node as Scalar<string>, value);
}
