import { FileEvidence, FileReport } from '../CommandDocument';
import { printCounterexample } from './printCounterexample';

/** What becomes of each file: its route, what needs a person, and its evidence. */
export function printFiles(files: FileReport[]): string[] {
  const affected = files.filter(({ indirect }) => !indirect);
  return affected.flatMap(file => [
    `${file.path}: ${stateOf(file)}`,
    ...printReasons(file).map(line => `  ${line}`),
    ...file.evidence.flatMap(printEvidence),
  ]);
}

/** Why uses of a file go to somebody, with their places. */
export function printReasons({ path, reasons }: FileReport): string[] {
  return reasons
    .filter(({ route }) => route !== 'codemod')
    .map(
      ({ reason, route, line, column, message }) =>
        `${path}:${line}:${column}: ${route}: ${message} [${reason}]`,
    );
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
  const said = summary.replace(/\s*\n\s*/g, ' ');
  const head = `  ${verifier.padEnd(12)} ${verdict}`;
  return [
    reason ? `${head} [${reason}] ${said}` : `${head}  ${said}`,
    ...(cases ?? []).flatMap(printCounterexample),
  ];
}
