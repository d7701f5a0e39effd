/** Names that stand for tables behind `ref` and `source`; a prefix keeps them apart from CTEs. */
export function relationName(call: string, args: readonly string[]): string {
  // The last part is what qualifies columns where the query gives no alias.
  const parts = args.map(arg => arg.replace(/\W/g, '_'));
  const schema = ['dbt', call, ...parts.slice(0, -1)].join('_');
  return `${schema}.${parts[parts.length - 1]}`;
}
