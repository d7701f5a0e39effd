import { Api } from 'backstage-plugin-dataset-migration-common';

/** What a proof came to, always with the mapping version that it holds under. */
export function proofTitle(evidence: Api.Evidence): string {
  const version = `mapping version ${evidence.proof?.mappingVersion}`;
  const where =
    evidence.rung === 'equivalent-on-sample' ? ' on the sample' : '';
  switch (evidence.verdict) {
    case 'passed':
      return `Equivalent under ${version}${where}`;
    case 'failed':
      return `Not equivalent under ${version}${where}`;
    case 'inconclusive':
      return `Compared under ${version}${where}, which proves nothing`;
    default:
      return `Not compared under ${version}${where}`;
  }
}
