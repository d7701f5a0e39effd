import {
  Evidence,
  RUNGS,
  Rung,
} from 'backstage-plugin-dataset-migration-common';

/**
 * The highest rung all of whose verifiers passed. A verifier that failed or was
 * inconclusive is a limit for the rungs above it; one that was not run is not, as
 * it says nothing against the change. A guard that failed leaves no rung at all.
 */
export function highestRung(evidence: Evidence[]): Rung | undefined {
  if (evidence.some(({ rung, verdict }) => !rung && verdict === 'failed')) {
    return undefined;
  }
  let highest: Rung | undefined;
  for (const rung of RUNGS) {
    const own = evidence.filter(each => each.rung === rung);
    if (
      own.some(
        ({ verdict }) => verdict === 'failed' || verdict === 'inconclusive',
      )
    ) {
      return highest;
    }
    if (own.length > 0 && own.every(({ verdict }) => verdict === 'passed')) {
      highest = rung;
    }
  }
  return highest;
}
