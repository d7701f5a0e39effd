import { argumentsOf, calleeOf, methodOf } from './calls';
import { plainTableName } from './classifyText';
import { Sink } from './flows';
import { Outcome, PythonFile } from './PythonFile';
import { refuse } from './refuse';
import { readBeam, readRows, readTable } from './queryReads';
import { renameTable } from './renameTable';
import { sparkRead } from './sparkReads';
import { printTemplate } from './Template';

const WRITES =
  /^(to_gbq|load_table_from_\w+|insert_rows\w*|append_rows|delete_table|create_table|update_table|save|saveAsTable|insertInto|WriteToBigQuery|write_\w+|BigQueryCreate\w+|BigQueryDelete\w+|BigQueryUpsert\w+|BigQueryUpdate\w+|GCSToBigQuery\w*|createOrReplace\w+)$/;
const WRITTEN = /(^|_)(destination|dest|output|sink|target|write)(_|$)/;

/** Rewrites a use of the table by its name. */
export function rewriteTable(
  file: PythonFile,
  sink: Sink,
  kind: 'table' | 'short',
): Outcome {
  const { tree, context } = file;
  const { call } = sink;
  if (
    (sink.key && WRITTEN.test(sink.key)) ||
    (sink.keyword && WRITTEN.test(sink.keyword)) ||
    (call && isWrite(file, call))
  ) {
    return refuse(file, sink, 'PYTHON_WRITES_OLD_DATASET');
  }
  const unknown = () =>
    refuse(
      file,
      sink,
      kind === 'short' ? 'TABLE_NAME_AMBIGUOUS' : 'PYTHON_TABLE_USE_UNKNOWN',
    );
  if (!call) {
    return unknown();
  }
  const renamed = renameTable(file, sink, call);
  if (renamed || kind === 'short') {
    return renamed ?? unknown();
  }
  const old = printTemplate(sink.template);
  const match = context.matcher.matchTable(plainTableName(old));
  if (!match) {
    return unknown();
  }
  const next = match.replacement;
  if (plainTableName(old) !== old) {
    // `project:dataset.table`
    const legacy = next.replace('.', ':');
    const parts = next.split('.').length === 3 && old.includes(':');
    const use = { sink, call, old, next: legacy };
    return (
      (parts && (readBeam(file, use, next) ?? sparkRead(file, use))) ||
      unknown()
    );
  }
  const use = { sink, call, old, next };
  const method = methodOf(tree, call);
  if (method === 'read_gbq') {
    return readTable(file, use) ?? unknown();
  }
  if (method === 'list_rows') {
    return readRows(file, use) ?? unknown();
  }
  return readBeam(file, use, next) ?? sparkRead(file, use) ?? unknown();
}

function isWrite(file: PythonFile, call: Sink['call']): boolean {
  if (!call) {
    return false;
  }
  const { tree } = file;
  const callee = calleeOf(tree, call);
  return (
    WRITES.test(methodOf(tree, call)) ||
    /\.write(Stream|To)?\b/.test(callee) ||
    argumentsOf(tree, call).some(({ keyword }) =>
      /^write_disposition$/.test(keyword ?? ''),
    )
  );
}
