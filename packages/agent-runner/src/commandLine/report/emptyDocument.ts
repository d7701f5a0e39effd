import {
  MigrationPlan,
  Route,
} from 'backstage-plugin-dataset-migration-common';
import { CommandDocument, CommandName, FileProblem } from '../CommandDocument';
import { LOCAL_VERSION } from '../loadPlan';

/** No file of any route. */
export function noRoutes(): Record<Route, number> {
  return { codemod: 0, question: 0, agent: 0, person: 0 };
}

/** The document of a command that looked at no repository. */
export function emptyDocument(
  command: CommandName,
  plan: MigrationPlan | undefined,
  problems: FileProblem[],
): CommandDocument {
  return {
    command,
    outcome: problems.some(({ severity }) => severity === 'error')
      ? 'bad-input'
      : 'done',
    ...(plan && {
      plan: {
        name: plan.metadata.name,
        version: LOCAL_VERSION,
        from: plan.spec.from.dataset,
        to: plan.spec.to.dataset,
      },
    }),
    problems,
    files: [],
    findings: [],
    evidence: [],
    totals: {
      filesRead: 0,
      filesAffected: 0,
      filesChanged: 0,
      fileRoutes: noRoutes(),
      uses: 0,
      indirectUses: 0,
      useRoutes: noRoutes(),
      reasons: {},
      evidence: {},
      filesWithQueries: 0,
      filesProved: 0,
    },
  };
}
