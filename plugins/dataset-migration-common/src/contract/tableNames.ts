import { isRecord, textOf } from './records';

/**
 * Full names of a contract's table, from its servers: BigQuery's `project` and
 * `dataset`, or the `database` and `schema` of others. Most specific first.
 */
export function tableNames(servers: unknown, table: string): string[] {
  const names = new Set<string>();
  const last = table.split('.').pop() ?? table;
  for (const server of Array.isArray(servers) ? servers : []) {
    if (!isRecord(server)) {
      continue;
    }
    const database = textOf(server.project) ?? textOf(server.database);
    const schema = textOf(server.dataset) ?? textOf(server.schema);
    if (schema !== undefined) {
      if (database !== undefined) {
        names.add(`${database}.${schema}.${last}`);
      }
      names.add(`${schema}.${last}`);
    }
  }
  const parts = table.split('.');
  for (let start = 0; start < parts.length; start += 1) {
    names.add(parts.slice(start).join('.'));
  }
  return [...names].sort((a, b) => b.split('.').length - a.split('.').length);
}
