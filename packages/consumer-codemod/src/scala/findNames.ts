import { NameMatcher } from '../names/NameMatcher';
import { findMentions } from '../text/findMentions';
import { ScalaFile } from './ScalaFile';

/** Where a file names the dataset, but for comments, paths of files and links. */
export function findNames(
  file: ScalaFile,
  matcher: NameMatcher,
): Array<{ start: number; end: number }> {
  return findMentions(file.text, matcher, undefined).filter(
    ({ start, end }) =>
      !file.inComment(start) && !isInPath(file.text, start, end),
  );
}

/** It is a part of a file's path or of a link. */
export function isInPath(text: string, start: number, end: number): boolean {
  return text[start - 1] === '/' || text[end] === '/';
}
