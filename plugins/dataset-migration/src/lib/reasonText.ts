import { REASON_TEXTS } from '../generated/reasonTexts';

/** What a reason means and what to do about it. */
export interface ReasonText {
  /** What kind of reason it is: the section of the help page. */
  section: string;
  text: string;
  /** Where it is on the help page of the documentation. */
  anchor: string;
}

/** The paragraph of the help page about a reason; undefined where it has none. */
export function reasonText(reason: string): ReasonText | undefined {
  // Every command of git has its own identifier and the same paragraph.
  const known = /^GIT_\w+_FAILED$/.test(reason) ? 'GIT_FAILED' : reason;
  return Object.hasOwn(REASON_TEXTS, known)
    ? { ...REASON_TEXTS[known], anchor: `reasons.md#${known.toLowerCase()}` }
    : undefined;
}
