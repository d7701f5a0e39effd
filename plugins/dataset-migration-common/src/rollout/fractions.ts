const PERCENTAGE = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%$/;

/** `25%` as 0.25; undefined where the text is no percentage from 0 to 100. */
export function parseFraction(text: string): number | undefined {
  return PERCENTAGE.test(text) ? Number.parseFloat(text) / 100 : undefined;
}

/**
 * How many of `total` are at least this fraction. Binary fractions are a hair
 * off (`0.07 * 100` is over 7), which must not make one more of them.
 */
export function countOf(fraction: number, total: number): number {
  return Math.min(total, Math.ceil(fraction * total - 1e-9));
}
