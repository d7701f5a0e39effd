/**
 * The text of a git patch by the path it changes, for people to read. Bytes that are not
 * UTF-8 show as replacement characters; the stored patch keeps them.
 */
export function splitPatch(patch: Buffer): Map<string, string> {
  const diffs = new Map<string, string>();
  const sections = patch.toString('utf8').split(/^(?=diff --git )/m);
  for (const section of sections) {
    const path = /^\+\+\+ (?:"?b\/)(.*?)"?\r?$/m.exec(section)?.[1];
    if (path) diffs.set(path, section);
  }
  return diffs;
}
