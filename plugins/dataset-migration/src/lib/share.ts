/** `7 of 8 (88 %)`; never rounds to all or nothing what is not. */
export function share(part: number, whole: number): string {
  if (whole === 0) {
    return '0 of 0';
  }
  const percent = Math.round((100 * part) / whole);
  const honest =
    part === 0 || part === whole ? percent : Math.min(99, Math.max(1, percent));
  return `${part} of ${whole} (${honest} %)`;
}
