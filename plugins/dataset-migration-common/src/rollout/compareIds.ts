/** Order of identifiers by code unit: the same on every machine, in every locale. */
export function compareIds(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
