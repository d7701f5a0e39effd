import { PositionedYaml } from '../yaml/PositionedYaml';
import {
  DEFAULT_WORKFLOW_STEPS,
  MigrationPlan,
  PlanWorkflowStep,
} from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

/** Steps exist, are named once, form no cycle, and never go round approval. */
export function checkPlanWorkflow(
  yaml: PositionedYaml,
  plan: MigrationPlan,
): PlanProblem[] {
  const { workflow } = plan.spec;
  if (workflow === undefined || workflow === 'default') {
    return [];
  }
  const { steps } = workflow;
  const problems: PlanProblem[] = [];
  const known = new Map<string, PlanWorkflowStep>();
  const report = (
    code: string,
    path: Array<string | number>,
    message: string,
  ) =>
    problems.push(
      yaml.problem(code, ['spec', 'workflow', 'steps', ...path], message, {
        at: 'value',
      }),
    );
  for (const [index, step] of steps.entries()) {
    if (known.has(step.name)) {
      report(
        'NAME_NOT_UNIQUE',
        [index, 'name'],
        `The step name ${step.name} is used twice.`,
      );
    }
    known.set(step.name, step);
    const isDefault = DEFAULT_WORKFLOW_STEPS.some(name => name === step.name);
    if (!isDefault && !step.agent && !step.action) {
      report(
        'WORKFLOW_STEP_UNKNOWN',
        [index, 'name'],
        `${step.name} is no step we know: give it an agent or an action.`,
      );
    }
  }
  for (const [index, step] of steps.entries()) {
    for (const [at, name] of (step.depends_on ?? []).entries()) {
      if (!known.has(name)) {
        report(
          'WORKFLOW_STEP_UNKNOWN',
          [index, 'depends_on', at],
          `${step.name} depends on ${name}, which is no step.`,
        );
      }
    }
    const cycle = cycleFrom(step.name, known);
    if (cycle) {
      report(
        'WORKFLOW_CYCLE',
        [index, 'name'],
        `Steps wait for each other: ${cycle.join(' → ')}.`,
      );
    }
    if (step.name === 'publish' && !dependsOn('publish', 'approve', known)) {
      report(
        'WORKFLOW_SKIPS_APPROVAL',
        [index, 'name'],
        'publish must depend on approve, directly or through other steps.',
      );
    }
  }
  return problems;
}

/** A shortest way from a step back to itself. */
function cycleFrom(
  start: string,
  steps: Map<string, PlanWorkflowStep>,
): string[] | undefined {
  const queue = [[start]];
  const seen = new Set<string>();
  for (const path of queue) {
    for (const next of steps.get(path[path.length - 1])?.depends_on ?? []) {
      if (next === start) {
        return [...path, start];
      }
      if (!seen.has(next)) {
        seen.add(next);
        queue.push([...path, next]);
      }
    }
  }
  return undefined;
}

function dependsOn(
  step: string,
  on: string,
  steps: Map<string, PlanWorkflowStep>,
): boolean {
  const queue = [step];
  const seen = new Set(queue);
  for (const name of queue) {
    for (const next of steps.get(name)?.depends_on ?? []) {
      if (next === on) {
        return true;
      }
      if (!seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return false;
}
