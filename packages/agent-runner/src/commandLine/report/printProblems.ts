import { FileProblem } from '../CommandDocument';

/** One line per problem, as compilers print them. */
export function printProblems(problems: FileProblem[]): string[] {
  return problems.map(
    ({ file, line, column, severity, message, code }) =>
      `${file}:${line}:${column}: ${severity}: ${message} [${code}]`,
  );
}
