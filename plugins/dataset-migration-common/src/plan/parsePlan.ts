import { DataContract } from '../contract/DataContract';
import { PositionedYaml } from '../yaml/PositionedYaml';
import { checkPlanFields } from './checkPlanFields';
import { checkPlanNames } from './checkPlanNames';
import { checkPlanRollout } from './checkPlanRollout';
import { checkPlanSchema } from './checkPlanSchema';
import { checkPlanShape } from './checkPlanShape';
import { checkPlanWorkflow } from './checkPlanWorkflow';
import { refuseNotSupportedYet } from './refuseNotSupportedYet';
import { MigrationPlan } from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

export interface ParsedPlan {
  /** Present where the text has the plan's shape, even if problems remain. */
  plan?: MigrationPlan;
  /** In the order of lines. A plan may only be started without errors. */
  problems: PlanProblem[];
}

/**
 * Checks a plan of hostile origin. With the contracts, the mapping is checked
 * against them. Expressions are not bound here: the runner does that in a database.
 */
export function parsePlan(
  text: string,
  contracts: { fromContract?: DataContract; toContract?: DataContract } = {},
): ParsedPlan {
  const yaml = new PositionedYaml(text);
  if (yaml.problems.length > 0) {
    return { problems: yaml.problems };
  }
  const early = [...checkPlanShape(yaml)];
  const { rest, problems: unsupported } = refuseNotSupportedYet(yaml);
  early.push(...unsupported);
  const { plan, problems: invalid } = checkPlanSchema(yaml, rest);
  if (!plan) {
    return { problems: sorted([...early, ...invalid]) };
  }
  return {
    plan,
    problems: sorted([
      ...early,
      ...checkPlanNames(yaml, plan, contracts),
      ...checkPlanFields(yaml, plan, contracts),
      ...checkPlanRollout(yaml, plan),
      ...checkPlanWorkflow(yaml, plan),
    ]),
  };
}

function sorted(problems: PlanProblem[]): PlanProblem[] {
  const seen = new Set<string>();
  return [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .filter(({ code, path, message }) => {
      const key = `${code} ${path} ${message}`;
      return !seen.has(key) && Boolean(seen.add(key));
    });
}
