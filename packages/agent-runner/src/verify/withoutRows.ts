import {
  EquivalenceCase,
  Evidence,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';

/** Values of rows are in quotes wherever they are part of a sentence. */
function withoutValues(text: string): string {
  return text.replace(/'[^']*'|"(?:[^"\\]|\\.)*"/g, '…');
}

function caseWithoutRows({
  counterexample: _,
  message,
  ...rest
}: EquivalenceCase): EquivalenceCase {
  return {
    ...rest,
    ...(message !== undefined && { message: withoutValues(message) }),
  };
}

/** Evidence about a sample that says what differs, and shows no row of it. */
export function evidenceWithoutRows({
  proof,
  ...evidence
}: Evidence): Evidence {
  return {
    ...evidence,
    summary: withoutValues(evidence.summary),
    ...(proof && {
      proof: { ...proof, cases: proof.cases.map(caseWithoutRows) },
    }),
  };
}

/** What a sample says of contracts and mapping, without values of it. */
export function reportWithoutRows(report: SampleReport): SampleReport {
  return {
    ...report,
    drift: report.drift.map(problem => ({
      ...problem,
      message: withoutValues(problem.message),
    })),
    mapping: caseWithoutRows(report.mapping),
  };
}
