import { DataContract } from '../contract/DataContract';
import { DatasetNames } from '../mapping/DatasetMapping';
import { datasetNames } from '../mapping/datasetNames';
import { PositionedYaml } from '../yaml/PositionedYaml';
import { MigrationPlan } from './MigrationPlan';
import { PlanProblem } from './PlanProblem';

/** Versions that share every name cannot be told apart in a consumer's code. */
export function checkPlanNames(
  yaml: PositionedYaml,
  plan: MigrationPlan,
  contracts: { fromContract?: DataContract; toContract?: DataContract },
): PlanProblem[] {
  const { from, to } = plan.spec;
  if (from.dataset.toLowerCase() === to.dataset.toLowerCase()) {
    return [
      yaml.problem(
        'PLAN_SAME_NAME',
        ['spec', 'to', 'dataset'],
        'Both versions are the same catalog entity; give each version its own.',
      ),
    ];
  }
  const { fromContract, toContract } = contracts;
  if (!fromContract || !toContract) {
    return [];
  }
  const old = flatten(datasetNames(fromContract, from.names));
  const next = new Set(flatten(datasetNames(toContract, to.names)));
  if (old.some(name => !next.has(name))) {
    return [];
  }
  return [
    yaml.problem(
      'PLAN_SAME_NAME',
      ['spec', 'to'],
      'Consumers address both versions by the same names, so that old and new reads cannot be told apart.',
    ),
  ];
}

function flatten(names: DatasetNames): string[] {
  return [
    ...names.tables.map(name => `table ${name}`),
    ...names.dbtSources.map(pair => `source ${pair.join('.')}`),
    ...names.dbtRefs.map(name => `ref ${name}`),
    ...names.patterns.map(name => `pattern ${name}`),
    ...names.symbols.map(name => `symbol ${name}`),
  ];
}
