/**
 * JSON with sorted keys and without undefined values, so that equal values have
 * equal texts: the input of digests.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : Number(a > b))),
        )
      : item,
  );
}
