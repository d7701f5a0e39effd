import { PositionedYaml } from '../yaml/PositionedYaml';
import { MigrationPlan } from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

/** Waves are cumulative: each reaches further than the one before, the last all. */
export function checkPlanRollout(
  yaml: PositionedYaml,
  plan: MigrationPlan,
): PlanProblem[] {
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
