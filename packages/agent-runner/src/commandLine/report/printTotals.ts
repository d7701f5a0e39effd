import { CommandDocument } from '../CommandDocument';

function counted(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** What was not looked at, and the counts. */
export function printTotals({
  command,
  findings,
  totals,
  evidence,
  outcome,
}: CommandDocument): string[] {
  const routes = Object.entries(totals.fileRoutes).flatMap(([route, number]) =>
    number > 0 ? [`${number} ${route}`] : [],
  );
  const lines = findings
    .filter(({ severity }) => severity !== 'info')
    .map(
      ({ reason, message, place }) =>
        `${place ? `${place.path}: ` : ''}${message} [${reason}]`,
    );
  lines.push(
    totals.filesAffected === 0
      ? `${counted(totals.filesRead, 'file')} read; none uses the dataset.`
      : `${counted(totals.filesRead, 'file')} read, ${counted(
          totals.uses,
          'use',
        )} in ${counted(totals.filesAffected, 'file')}: ${routes.join(', ')}.${
          totals.indirectUses > 0
            ? ` ${counted(
                totals.indirectUses,
                'more use',
              )} of what is made from it.`
            : ''
        }`,
  );
  if (command === 'verify' && totals.filesWithQueries > 0) {
    const proof = evidence.find(each => each.proof)?.proof;
    lines.push(
      `${totals.filesProved} of ${counted(
        totals.filesWithQueries,
        'changed file with queries',
        'changed files with queries',
      )} proved equivalent${
        proof
          ? ` under mapping version ${proof.mappingVersion}, seed ${proof.seed}; ${proof.mutants.killed} of ${proof.mutants.generated} deliberate mistakes were noticed`
          : ''
      }.`,
    );
  }
  lines.push(
    outcome === 'needs-person' ? 'Something needs a person.' : 'Done.',
  );
  return lines;
}
