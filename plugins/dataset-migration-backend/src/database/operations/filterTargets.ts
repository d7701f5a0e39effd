import { Knex } from 'knex';
import { TargetFilter } from '../stores';

const LISTED = [
  'state',
  'outcome',
  'blocked',
  'framework',
  'owner',
  'proof',
] as const;

/** Adds a filter's conditions: all must hold, each by any of its values. */
export function filterTargets(
  query: Knex.QueryBuilder,
  filter: TargetFilter,
): Knex.QueryBuilder {
  if (filter.migrationId) query.where('migration_id', filter.migrationId);
  for (const name of LISTED) {
    const values = filter[name];
    if (values?.length) query.whereIn(name, values);
  }
  const text = filter.text?.trim().toLocaleLowerCase('en-US');
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, match => `\\${match}`)}%`;
    query.where(any => {
      for (const column of ['consumer', 'repository', 'owner', 'paths']) {
        any.orWhereRaw(`lower(??) like ? escape '\\'`, [column, pattern]);
      }
    });
  }
  return query;
}
