import { PositionedYaml } from '../yaml/PositionedYaml';
import { NOT_SUPPORTED_YET } from './notSupportedYet';
import { PlanProblem } from './PlanProblem';

/**
 * Takes the parts out of a plan that do not work yet, with a problem for each, so
 * that what is left can be checked.
 */
export function refuseNotSupportedYet(yaml: PositionedYaml): {
  rest: unknown;
  problems: PlanProblem[];
} {
  const rest = structuredClone(yaml.value);
  const problems: PlanProblem[] = [];
  for (const rule of NOT_SUPPORTED_YET) {
    for (const path of pathsOf(rest, rule.path)) {
      const parent = valueAt(rest, path.slice(0, -1));
      const key = path[path.length - 1];
      const value = valueAt(rest, path);
      if (value === undefined || rule.unless?.includes(value)) {
        continue;
      }
      problems.push(
        yaml.problem(
          'NOT_SUPPORTED_YET',
          path,
          `${path.join('.')} is not supported yet. ${rule.instead}`,
        ),
      );
      if (!Array.isArray(parent)) {
        delete (parent as Record<string, unknown>)[key];
      }
    }
  }
  dropRefusedItems(rest, problems);
  return { rest, problems };
}

/** Items of a list are taken out at the end, so that indexes stay right. */
function dropRefusedItems(rest: unknown, problems: PlanProblem[]): void {
  const auto = valueAt(rest, ['spec', 'approval', 'auto']);
  if (
    Array.isArray(auto) &&
    problems.some(({ path }) => path.startsWith('spec.approval.auto.'))
  ) {
    auto.length = 0;
  }
}

function pathsOf(value: unknown, pattern: readonly string[]): string[][] {
  let paths: string[][] = [[]];
  for (const step of pattern) {
    paths = paths.flatMap(path => {
      if (step !== '*') {
        return [[...path, step]];
      }
      const here = valueAt(value, path);
      return typeof here === 'object' && here !== null
        ? Object.keys(here).map(key => [...path, key])
        : [];
    });
  }
  return paths;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let here = value;
  for (const step of path) {
    if (
      typeof here !== 'object' ||
      here === null ||
      !Object.prototype.hasOwnProperty.call(here, step)
    ) {
      return undefined;
    }
    here = (here as Record<string, unknown>)[step];
  }
  return here;
}
