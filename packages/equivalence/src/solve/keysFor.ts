/** Enough for rows to meet several partners. */
const FEWEST = 3;
/** About how many rows may come out of a key's joins. */
const MOST_MET = 10_000;

/**
 * How many keys rows should share: with few of them rows meet often, but every
 * table that is joined multiplies what comes out.
 *
 * @param lean - true where every row is to have a key of its own
 */
export function keysFor(options: {
  rows: number;
  instances: number;
  lean: boolean;
}): number {
  const { rows, instances, lean } = options;
  if (lean) return Math.max(FEWEST, rows);
  const perKey = MOST_MET ** (1 / Math.max(1, instances));
  return Math.max(FEWEST, Math.ceil(rows / perKey));
}
