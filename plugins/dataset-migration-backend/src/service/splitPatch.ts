/**
 * The text of a git patch by the path it changes, for people to read. Bytes that are not
 * UTF-8 show as replacement characters; the stored patch keeps them.
 */
export function splitPatch(patch: Buffer): Map<string, string> {
  const diffs = new Map<string, string>();
  const sections = patch.toString('utf8').split(/^(?=diff --git )/m);
  for (const section of sections) {
    const path = pathOf(section);
    if (path) diffs.set(path, section);
  }
  return diffs;
}

/** The new path; the old one of a file that is deleted. */
function pathOf(section: string): string | undefined {
  const [header] = section.split(/^@@ /m, 1);
  for (const pattern of [/^\+\+\+ (.*?)\r?$/m, /^--- (.*?)\r?$/m]) {
    const name = unquote(pattern.exec(header)?.[1] ?? '');
    if (/^[ab]\//.test(name)) return name.slice(2);
  }
  return undefined;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

/** Git ends names that hold a space with a tab, and quotes others as C does, byte by byte. */
function unquote(name: string): string {
  const quoted = /^"(.*)"$/.exec(name)?.[1];
  if (quoted === undefined) return name.replace(/\t$/, '');
  const bytes = Buffer.from(quoted, 'utf8')
    .toString('latin1')
    .replace(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      escaped.length === 3
        ? String.fromCharCode(Number.parseInt(escaped, 8))
        : ESCAPES[escaped] ?? escaped,
    );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
