/** Row numbers by table. */
export type RowSelection = Record<string, number[]>;

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
  let progress = true;
  while (progress && tries < maxTries) {
    progress = false;
    for (const table of Object.keys(best)) {
      let size = Math.max(1, Math.floor(best[table].length / 2));
      while (size >= 1 && tries < maxTries) {
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
