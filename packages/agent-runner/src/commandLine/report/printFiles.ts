import {
  EquivalenceCase,
  PrintableTable,
} from 'backstage-plugin-dataset-migration-common';
import { FileEvidence, FileReport } from '../CommandDocument';

/** What becomes of each file: its route, what needs a person, and its evidence. */
export function printFiles(files: FileReport[]): string[] {
  return files.flatMap(file => [
    `${file.path}: ${stateOf(file)}`,
    ...file.reasons
      .filter(({ route }) => route !== 'codemod')
      .map(
        ({ reason, route, line, column, message }) =>
          `  ${file.path}:${line}:${column}: ${route}: ${message} [${reason}]`,
      ),
    ...file.evidence.flatMap(printEvidence),
  ]);
}

function stateOf({ route, changed, written }: FileReport): string {
  if (written) {
    return `changed, ${route}`;
  }
  return changed ? `would change, ${route}` : `not changed, ${route}`;
}

function printEvidence({
  verifier,
  verdict,
  reason,
  summary,
  cases,
}: FileEvidence): string[] {
  const head = `  ${verifier.padEnd(12)} ${verdict}`;
  return [
    reason ? `${head} [${reason}] ${summary}` : `${head}  ${summary}`,
    ...(cases ?? []).flatMap(printCounterexample),
  ];
}

function printCounterexample({
  label,
  counterexample,
}: EquivalenceCase): string[] {
  if (!counterexample) {
    return [];
  }
  const { inputs, old, new: changed } = counterexample;
  return [
    `    ${label}, smallest difference found:`,
    ...Object.entries(inputs).flatMap(([name, table]) =>
      printTable(`input ${name}`, table),
    ),
    ...printTable('old result', old),
    ...printTable('new result', changed),
  ];
}

function printTable(
  title: string,
  { columns, rows }: PrintableTable,
): string[] {
  const cells = [columns, ...rows.map(row => row.map(each => each ?? 'NULL'))];
  const widths = columns.map((_, index) =>
    Math.max(...cells.map(row => row[index]?.length ?? 0)),
  );
  return [
    `    ${title}${rows.length === 0 ? ' (no rows)' : ''}`,
    ...cells.map(row =>
      `      ${row
        .map((each, i) => each.padEnd(widths[i]))
        .join(' | ')}`.trimEnd(),
    ),
  ];
}
