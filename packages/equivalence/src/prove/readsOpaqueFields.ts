import { OLD_TABLE, quoteName } from '../database/names';
import { ProverDatabase } from '../database/ProverDatabase';
import { ViewField } from '../view/resolveFields';

/** Takes a column out of every `* EXCLUDE (…)`: leaving it out is no use of it. */
function withoutExclusion(query: string, field: string): string {
  return query.replace(/\*\s+EXCLUDE\s*\(([^()]*)\)/gi, (_, list: string) => {
    const kept = list
      .split(',')
      .map(name => name.trim())
      .filter(
        name => name.replace(/"/g, '').toLowerCase() !== field.toLowerCase(),
      );
    return kept.length > 0 ? `* EXCLUDE (${kept.join(', ')})` : '*';
  });
}

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
  const describe = async (query: string) => {
    const { rows } = await database.query(`DESCRIBE ${query}`);
    return rows.map(row => String(row[0])).join('\n');
  };
  const complete = await describe(oldQuery);
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
      const query = withoutExclusion(oldQuery, field.name);
      if ((await describe(query)) !== complete) found.push(field.name);
    } catch {
      found.push(field.name);
    } finally {
      await database.run(`DROP VIEW ${OLD_TABLE}`);
      await database.run(`ALTER VIEW ${whole} RENAME TO ${OLD_TABLE}`);
    }
  }
  return found;
}
