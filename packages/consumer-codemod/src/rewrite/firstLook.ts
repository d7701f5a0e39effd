import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { holdsSql } from './rewriteFile';

/** Tells by the bytes alone that a file cannot name the dataset: most files of a repository. */
export function firstLook(
  matcher: NameMatcher,
  dialect: DatasetMapping['dialect'],
): (path: string, content: Buffer) => boolean {
  const needles = matcher.needles();
  const exact = dialect !== 'snowflake';
  return (path, content) => {
    if (path.startsWith('.git/')) {
      return false;
    }
    if (content[0] === 0xff || content[0] === 0xfe) {
      return true;
    }
    if (exact && needles.some(needle => content.includes(needle))) {
      return true;
    }
    const folded = exact ? '' : content.toString('latin1').toLowerCase();
    return (
      needles.some(needle => folded.includes(needle)) ||
      (holdsSql(path) && content.includes('*`'))
    );
  };
}

/** The first place where a text may name the dataset, found without any pattern. */
export function firstNeedle(
  text: string,
  matcher: NameMatcher,
): { start: number; end: number } | undefined {
  const folded = text.toLowerCase();
  const found = matcher
    .needles()
    .map(needle => ({ start: folded.indexOf(needle.toLowerCase()), needle }))
    .filter(({ start }) => start >= 0)
    .sort((a, b) => a.start - b.start)[0];
  return (
    found && { start: found.start, end: found.start + found.needle.length }
  );
}
