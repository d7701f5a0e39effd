import {
  Finding,
  MigrationPlan,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';

import {
  CommandDocument,
  CommandName,
  CommandTotals,
  FileProblem,
  FileReport,
} from '../CommandDocument';
import { LocalRepository } from '../repository/readRepository';
import { RewrittenRepository } from '../repository/rewriteRepository';
import { describeFiles } from './describeFiles';
import { emptyDocument, noRoutes } from './emptyDocument';
import { sampleNeedsPerson } from './printSample';

/** The document of a command that looked at a repository. */
export function documentOf(options: {
  command: CommandName;
  plan: MigrationPlan;
  problems: FileProblem[];
  repository: LocalRepository;
  result: RewrittenRepository;
  sample?: SampleReport;
}): CommandDocument {
  const { command, plan, problems, repository, result, sample } = options;
  const files = describeFiles(result);
  const elsewhere = result.rewritten.findings.filter(({ place }) => !place);
  const document: CommandDocument = {
    ...emptyDocument(command, plan, problems),
    files,
    ...(sample && { sample }),
    findings: [...repository.findings, ...elsewhere],
    ...(command !== 'usage' && { patch: result.patch.toString('utf8') }),
    evidence: result.verified.map(({ evidence }) => evidence),
    totals: count(files, repository.files.length, elsewhere),
  };
  return {
    ...document,
    outcome: needsPerson(document, plan) ? 'needs-person' : 'done',
  };
}

function needsPerson(
  { files, findings, evidence, sample }: CommandDocument,
  plan: MigrationPlan,
): boolean {
  return (
    (sample !== undefined && sampleNeedsPerson(sample)) ||
    files.some(
      file =>
        (file.route !== 'codemod' && !file.indirect) || isUnproved(file, plan),
    ) ||
    findings.some(({ severity }) => severity !== 'info') ||
    evidence.some(({ verdict }) => verdict === 'failed')
  );
}

/** Where the plan requires a proof, a query without one is for a person to review. */
function isUnproved({ evidence }: FileReport, plan: MigrationPlan): boolean {
  const required = plan.spec.verify?.require ?? 'equivalent';
  return (
    required === 'equivalent' &&
    evidence.some(
      ({ rung, verdict }) => rung === 'equivalent' && verdict !== 'passed',
    )
  );
}

function count(
  files: FileReport[],
  filesRead: number,
  elsewhere: Finding[],
): CommandTotals {
  const affected = files.filter(({ indirect }) => !indirect);
  const proofs = files.flatMap(({ evidence }) =>
    evidence.filter(({ rung }) => rung === 'equivalent'),
  );
  const totals: CommandTotals = {
    filesRead,
    filesAffected: affected.length,
    filesChanged: files.filter(({ changed }) => changed).length,
    fileRoutes: noRoutes(),
    uses: 0,
    indirectUses: 0,
    useRoutes: noRoutes(),
    reasons: {},
    evidence: {},
    filesWithQueries: proofs.length,
    filesProved: proofs.filter(({ verdict }) => verdict === 'passed').length,
  };
  for (const { route, indirect, uses, evidence } of files) {
    totals.fileRoutes[route] += indirect ? 0 : 1;
    const direct = uses.filter(use => !use.indirect);
    totals.uses += direct.length;
    totals.indirectUses += uses.length - direct.length;
    for (const use of direct) {
      totals.useRoutes[use.route] += 1;
    }
    for (const { verifier, verdict } of evidence) {
      const verdicts = (totals.evidence[verifier] ??= {});
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    }
  }
  const findings = [...files.flatMap(file => file.findings), ...elsewhere];
  for (const { reason } of findings) {
    totals.reasons[reason] = (totals.reasons[reason] ?? 0) + 1;
  }
  return totals;
}
