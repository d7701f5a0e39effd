/** Local names of the tables and views of a proof. */
export const NEW_TABLE = 'mig_new';
export const OLD_TABLE = 'mig_old';

/** Name of the n-th other input table. */
export function otherTable(index: number): string {
  return `mig_other_${index}`;
}

/** Rows as generated, with their number. */
export function masterOf(table: string): string {
  return `${table}_rows`;
}

/** Rows as the queries see them, with the columns no query may see. */
export function visibleOf(table: string): string {
  return `${table}_input`;
}

export function quoteName(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

export function quoteText(text: string): string {
  return `'${text.replace(/'/g, "''")}'`;
}
