import { DataContract } from '../contract/DataContract';
import { PlanNames } from '../plan/MigrationPlan';
import { DatasetNames } from './DatasetMapping';

/**
 * How consumers address a version: what the plan lists first, then what follows
 * from the contract. Most specific table names come first. The table's bare name is
 * one of them only if the plan lists it, or if nothing more is known.
 */
export function datasetNames(
  contract: DataContract,
  names: PlanNames = {},
): DatasetNames {
  const listed = names.tables ?? [];
  const all = unique([...listed, ...(contract.tables ?? []), contract.table]);
  const qualified = all.some(table => table.includes('.'));
  // Where the dataset around the table is known, the bare name may be any table.
  const tables = all.filter(
    table => table.includes('.') || !qualified || listed.includes(table),
  );
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
