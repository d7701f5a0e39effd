import { isMap, isScalar, isSeq, Scalar, YAMLMap } from 'yaml';
import {
  maps,
  moveCalls,
  oldCalls,
  refuse,
  renamed,
  replace,
  sameRows,
  scalar,
  use,
  YamlContext,
} from './YamlContext';

/**
 * Rows that a unit test gives for the old dataset. They are rows of the new one only
 * where every column is merely renamed and no row is left out.
 */
export function rewriteUnitTest(context: YamlContext, test: YAMLMap): void {
  for (const given of maps(test.get('given', true))) {
    const input = scalar(given, 'input');
    const calls = input ? oldCalls(context, input.value) : [];
    if (input && calls.length > 0) {
      context.done.add(input);
      use(context, input);
      moveInput(context, given, input, moveCalls(context, input.value, calls));
    }
  }
}

function moveInput(
  context: YamlContext,
  given: YAMLMap,
  input: Scalar<string>,
  moved: string | undefined,
) {
  if (moved === undefined) {
    refuse(context, input, 'CONFIG_NOT_SUPPORTED');
    return;
  }
  if (!sameRows(context)) {
    refuse(context, input, 'DBT_ROWS_DIFFER');
    return;
  }
  const rows = given.get('rows', true);
  const format = scalar(given, 'format')?.value ?? 'dict';
  const plain = isSeq(rows) && rows.items.every(isMap);
  if (format !== 'dict' || given.has('fixture') || !plain) {
    refuse(context, input, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  const keys = maps(rows).flatMap(({ items }) => items.map(({ key }) => key));
  const unknown = keys.some(
    key =>
      !isScalar(key) ||
      typeof key.value !== 'string' ||
      renamed(context, key.value) === undefined,
  );
  if (unknown) {
    refuse(context, input, 'DBT_TEST_UNSUPPORTED');
    return;
  }
  replace(context, input, moved);
  for (const key of keys as Array<Scalar<string>>) {
    const name = renamed(context, key.value) ?? key.value;
    use(context, key, key.value);
    replace(context, key, name);
  }
}
