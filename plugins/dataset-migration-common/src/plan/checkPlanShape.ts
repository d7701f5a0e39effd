import { PositionedYaml } from '../yaml/PositionedYaml';
import { PlanProblem } from './PlanProblem';

/** Splits and merges over several tables are refused by name, not as bad types. */
export function checkPlanShape(yaml: PositionedYaml): PlanProblem[] {
  const spec = (yaml.value as { spec?: Record<string, unknown> } | null)?.spec;
  const problems: PlanProblem[] = [];
  for (const side of ['from', 'to']) {
    if (spec && typeof spec === 'object' && Array.isArray(spec[side])) {
      problems.push(
        yaml.problem(
          'PLAN_SHAPE_UNSUPPORTED',
          ['spec', side],
          'A plan moves one dataset to one dataset; splits and merges over several tables are not possible.',
        ),
      );
    }
  }
  return problems;
}
