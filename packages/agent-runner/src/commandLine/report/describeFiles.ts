import {
  Evidence,
  Finding,
  Route,
} from 'backstage-plugin-dataset-migration-common';
import { FileEvidence, FileReport } from '../CommandDocument';
import { RewrittenRepository } from '../repository/rewriteRepository';
import { editsBetween } from './editsBetween';

/** Easiest first. */
const ROUTES: Route[] = ['codemod', 'question', 'agent', 'person'];

/** What was found in each file that uses the dataset, in the order of paths. */
export function describeFiles({
  rewritten,
  verified,
}: RewrittenRepository): FileReport[] {
  const paths = new Set([
    ...rewritten.files.map(({ path }) => path),
    ...rewritten.uses.map(({ place }) => place.path),
    ...rewritten.findings.flatMap(({ place }) => (place ? [place.path] : [])),
  ]);
  const evidence = verified.flatMap(({ files }) => files ?? []);
  return [...paths].sort().map(path => {
    const change = rewritten.files.find(each => each.path === path);
    const uses = rewritten.uses.filter(({ place }) => place.path === path);
    const findings = rewritten.findings.filter(
      ({ place }) => place?.path === path,
    );
    return {
      path,
      route: hardest([...uses, ...findings].map(({ route }) => route)),
      changed: change !== undefined,
      ...(!change &&
        findings.length === 0 &&
        uses.every(({ indirect }) => indirect) && { indirect: true }),
      reasons: findings.map(toReason),
      edits: change
        ? editsBetween(
            change.before.toString('utf8'),
            change.after.toString('utf8'),
          )
        : [],
      findings,
      evidence: evidence
        .filter(({ paths: own }) => own.includes(path))
        .map(toFileEvidence),
      uses,
    };
  });
}

function hardest(routes: Route[]): Route {
  return ROUTES[Math.max(0, ...routes.map(route => ROUTES.indexOf(route)))];
}

function toReason({ reason, route, place, message }: Finding) {
  return {
    reason,
    route,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    message,
  };
}

function toFileEvidence({ paths: _, proof, ...rest }: Evidence): FileEvidence {
  return { ...rest, ...(proof && { cases: proof.cases }) };
}
