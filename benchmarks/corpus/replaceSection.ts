/**
 * Puts text between `<!-- NAME:begin -->` and `<!-- NAME:end -->` of a page.
 *
 * @throws Error where the page has no such section
 */
export function replaceSection(
  page: string,
  name: string,
  text: string,
): string {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const start = page.indexOf(begin);
  const stop = page.indexOf(end, start);
  if (start === -1 || stop === -1) {
    throw new Error(`The page has no section between ${begin} and ${end}`);
  }
  const before = page.slice(0, start + begin.length);
  return `${before}\n\n${text.trim()}\n\n${page.slice(stop)}`;
}
