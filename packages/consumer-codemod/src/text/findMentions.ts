import { NameMatcher } from '../names/NameMatcher';

export interface Mention {
  start: number;
  end: number;
}

/** Finds the old dataset's names outside of comments. */
export function findMentions(
  text: string,
  matcher: NameMatcher,
  comments: RegExp | undefined,
): Mention[] {
  const pattern = matcher.mentions();
  if (!pattern) {
    return [];
  }
  // Comments are blanked, not removed, so that offsets stay.
  const visible = comments
    ? text.replace(comments, comment => comment.replace(/[^\n]/g, ' '))
    : text;
  return [...visible.matchAll(pattern)].map(found => ({
    start: found.index,
    end: found.index + found[0].length,
  }));
}
