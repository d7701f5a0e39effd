import { OLD_TABLE, quoteName } from '../database/names';
import { ProverDatabase } from '../database/ProverDatabase';
import { ViewField } from '../view/resolveFields';

/**
 * The undecided fields that a query reads: without them in the view it no
 * longer binds, or gives other columns.
 */
export async function readsOpaqueFields(
  database: ProverDatabase,
  oldQuery: string,
  fields: ViewField[],
): Promise<string[]> {
  const found: string[] = [];
  const describe = async () => {
    const { rows } = await database.query(`DESCRIBE ${oldQuery}`);
    return rows.map(row => String(row[0])).join('\n');
  };
  const complete = await describe();
  const whole = `${OLD_TABLE}_whole`;
  for (const { field, value } of fields) {
    if (value.kind !== 'opaque') continue;
    await database.run(`ALTER VIEW ${OLD_TABLE} RENAME TO ${whole}`);
    await database.run(
      `CREATE VIEW ${OLD_TABLE} AS SELECT * EXCLUDE (${quoteName(
        field.name,
      )}) FROM ${whole}`,
    );
    try {
      if ((await describe()) !== complete) found.push(field.name);
    } catch {
      found.push(field.name);
    } finally {
      await database.run(`DROP VIEW ${OLD_TABLE}`);
      await database.run(`ALTER VIEW ${whole} RENAME TO ${OLD_TABLE}`);
    }
  }
  return found;
}
