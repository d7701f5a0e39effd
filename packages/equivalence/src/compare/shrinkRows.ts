/** Row numbers by table. */
export type RowSelection = Record<string, number[]>;

/** A slow query gets a larger example, not all of the time. */
const MAX_MS = 5000;

/**
 * Makes a failing input smaller by delta debugging: takes out ever smaller
 * chunks of rows while the difference stays.
 *
 * @param fails - true while old and new still differ on these rows
 */
export async function shrinkRows(
  start: RowSelection,
  fails: (selection: RowSelection) => Promise<boolean>,
  maxTries = 100,
): Promise<RowSelection> {
  let best = start;
  let tries = 0;
  const deadline = Date.now() + MAX_MS;
  let progress = true;
  while (progress && tries < maxTries && Date.now() < deadline) {
    progress = false;
    for (const table of Object.keys(best)) {
      let size = Math.max(1, Math.floor(best[table].length / 2));
      while (size >= 1 && Date.now() < deadline) {
        for (let from = 0; from < best[table].length && tries < maxTries; ) {
          const rows = best[table];
          const candidate = {
            ...best,
            [table]: [...rows.slice(0, from), ...rows.slice(from + size)],
          };
          tries++;
          if (await fails(candidate)) {
            best = candidate;
            progress = true;
          } else {
            from += size;
          }
        }
        size = Math.floor(size / 2);
      }
    }
  }
  return best;
}
