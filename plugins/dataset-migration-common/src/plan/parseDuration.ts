const DURATION =
  /^P(?=\d|T\d)(?:(\d+)W|(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days and smaller units, or
 * undefined where the text is none. Months and years have no fixed length.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (!match) {
    return undefined;
  }
  const [weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map(part => Number(part ?? 0));
  return Math.round(
    ((weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000,
  );
}
