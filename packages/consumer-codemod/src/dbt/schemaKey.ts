/** Declared schemas are known by the last part of their name. */
export function schemaKey(table: string): string {
  const call = table.match(/['"]([^'"]+)['"]\s*\)\s*-?\}\}$/);
  return (call?.[1] ?? table.replace(/[`"]/g, '').split('.').pop() ?? '')
    .trim()
    .toLowerCase();
}
