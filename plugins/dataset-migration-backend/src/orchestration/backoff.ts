/** Wait before the attempt after this one: doubles from attempt to attempt up to the most. */
export function backoffAfter(
  attempt: number,
  options: { backoffMs: number; maxBackoffMs: number },
): number {
  const doublings = Math.min(Math.max(attempt - 1, 0), 30);
  return Math.min(options.backoffMs * 2 ** doublings, options.maxBackoffMs);
}
