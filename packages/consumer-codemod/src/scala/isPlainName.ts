/**
 * A name that can be looked for as a word. Others are patterns such as `(a, b)`, names in
 * backticks, and what is left of broken code: nothing is known of who uses them.
 */
export function isPlainName(text: string): boolean {
  return /^\w+$/.test(text);
}
