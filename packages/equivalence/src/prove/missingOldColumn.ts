import { errorText } from '../database/errorText';
import { PreparedStatement } from './prepareStatement';

/** The old field, gone from the new dataset, that DuckDB could not find in a query. */
export function missingOldColumn(
  error: unknown,
  prepared: Pick<PreparedStatement, 'fields' | 'tables'>,
): string | undefined {
  const message = errorText(error) ?? '';
  const name = (/Referenced column "([^"]+)" (?:was )?not found/.exec(
    message,
  ) ?? /does not have a column named "([^"]+)"/.exec(message))?.[1];
  const is = (candidate: { name: string }) =>
    candidate.name.toLowerCase() === name?.toLowerCase();
  const old = prepared.fields.find(({ field }) => is(field));
  return old && !prepared.tables[0].columns.some(is)
    ? old.field.name
    : undefined;
}
