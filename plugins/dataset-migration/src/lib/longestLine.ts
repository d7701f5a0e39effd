import { DiffHunk } from './parseUnifiedDiff';

/** Wider lines scroll inside their own cell instead of making the page wider still. */
const WIDEST = 400;
/** A tab is drawn four characters wide. */
const TAB = 4;

/** Characters of the longest line, to give a diff the width it needs. */
export function longestLine(hunks: DiffHunk[]): number {
  let longest = 0;
  for (const hunk of hunks) {
    for (const { text } of hunk.lines) {
      const tabs = text.split('\t').length - 1;
      longest = Math.max(longest, text.length + tabs * (TAB - 1));
    }
  }
  return Math.min(longest, WIDEST);
}
