import { isTimezone } from '../rollout/LocalClock';
import { parseWindow } from '../rollout/parseWindow';
import { PositionedYaml } from '../yaml/PositionedYaml';
import { MigrationPlan } from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

export function checkPlanRollout(
  yaml: PositionedYaml,
  plan: MigrationPlan,
): PlanProblem[] {
  return [
    ...checkWaves(yaml, plan),
    ...checkWindows(yaml, plan),
    ...checkHalt(yaml, plan),
  ];
}

/** Waves are cumulative: each reaches further than the one before, the last all. */
function checkWaves(yaml: PositionedYaml, plan: MigrationPlan): PlanProblem[] {
  const waves = plan.spec.rollout?.waves ?? [];
  const problems: PlanProblem[] = [];
  const names = new Set<string>();
  let reached = 0;
  for (const [index, wave] of waves.entries()) {
    const path = ['spec', 'rollout', 'waves', index];
    const share = Number.parseFloat(wave.share);
    if (share <= reached || share > 100) {
      problems.push(
        yaml.problem(
          'WAVES_INVALID',
          [...path, 'share'],
          `Shares are cumulative: ${wave.share} must be more than ${reached}% and at most 100%.`,
          { at: 'value' },
        ),
      );
    }
    reached = Math.max(reached, share);
    if (wave.name !== undefined && names.has(wave.name)) {
      problems.push(
        yaml.problem(
          'NAME_NOT_UNIQUE',
          [...path, 'name'],
          `The wave name ${wave.name} is used twice.`,
          { at: 'value' },
        ),
      );
    }
    if (wave.name !== undefined) {
      names.add(wave.name);
    }
  }
  if (waves.length > 0 && reached < 100) {
    problems.push(
      yaml.problem(
        'WAVES_INVALID',
        ['spec', 'rollout', 'waves', waves.length - 1, 'share'],
        'The last wave must reach 100% of the targets.',
        { at: 'value' },
      ),
    );
  }
  return problems;
}

/** Days, hours and time zones that this runtime can read: none of them may fail in the middle of a rollout. */
function checkWindows(
  yaml: PositionedYaml,
  plan: MigrationPlan,
): PlanProblem[] {
  const problems: PlanProblem[] = [];
  for (const [index, window] of (plan.spec.rollout?.windows ?? []).entries()) {
    const path = ['spec', 'rollout', 'windows', index];
    const parsed = parseWindow(window);
    if (typeof parsed === 'string') {
      problems.push(yaml.problem('WINDOW_INVALID', path, parsed));
    }
    const { timezone } = window;
    if (
      timezone !== undefined &&
      timezone !== 'owner' &&
      !isTimezone(timezone)
    ) {
      problems.push(
        yaml.problem(
          'WINDOW_INVALID',
          [...path, 'timezone'],
          `There is no time zone ${timezone}; write one such as Europe/Stockholm, or owner.`,
          { at: 'value' },
        ),
      );
    }
  }
  return problems;
}

/** What happens on a halt that never comes would be a key without effect. */
function checkHalt(yaml: PositionedYaml, plan: MigrationPlan): PlanProblem[] {
  const { halt, onHalt } = plan.spec.rollout ?? {};
  return onHalt !== undefined && !halt
    ? [
        yaml.problem(
          'ON_HALT_WITHOUT_HALT',
          ['spec', 'rollout', 'onHalt'],
          'onHalt needs halt: without an error rate nothing halts.',
        ),
      ]
    : [];
}
