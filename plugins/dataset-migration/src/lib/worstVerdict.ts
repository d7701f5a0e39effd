import { Api } from 'backstage-plugin-dataset-migration-common';

const ORDER = ['failed', 'inconclusive', 'not-run', 'passed'] as const;

/** What several verifiers of one rung say together: it is passed only where all of them passed. */
export function worstVerdict(
  evidence: Pick<Api.Evidence, 'verdict'>[],
): Api.Evidence['verdict'] {
  return (
    ORDER.find(verdict => evidence.some(each => each.verdict === verdict)) ??
    'not-run'
  );
}
