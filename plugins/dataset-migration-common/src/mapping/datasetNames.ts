import { DataContract } from '../contract/DataContract';
import { PlanNames } from '../plan/MigrationPlan';
import { DatasetNames } from './DatasetMapping';

/**
 * How consumers address a version: what the plan lists first, then what follows
 * from the contract. Most specific table names come first.
 */
export function datasetNames(
  contract: DataContract,
  names: PlanNames = {},
): DatasetNames {
  const tables = unique([
    ...(names.tables ?? []),
    ...(contract.tables ?? []),
    contract.table,
  ]);
  tables.sort((a, b) => b.split('.').length - a.split('.').length);
  const lastName = contract.table.split('.').pop() ?? contract.table;
  return {
    tables,
    dbtSources: names.dbt?.source ? [names.dbt.source] : [],
    dbtRefs: unique([...(names.dbt?.ref ? [names.dbt.ref] : []), lastName]),
    patterns: unique(names.patterns ?? []),
    symbols: unique(names.symbols ?? []),
  };
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
