import { NameMatcher } from '../names/NameMatcher';
import { placeAt } from '../text/placeAt';
import { LostFile } from './FileGuard';
import { FileResult } from './FileResult';
import { findingFor } from './findingFor';
import { firstNeedle } from './firstLook';
import { refusedFile } from './rewriteFile';

/**
 * What is said of a file that is lost. Nothing is looked for in it with more than a
 * plain search, as that may be what it was lost with.
 *
 * @param matcher - absent where the file does not name the dataset.
 */
export function lostResult(
  { path, reason, detail }: LostFile,
  text: string,
  matcher: NameMatcher | undefined,
): FileResult {
  if (matcher) {
    const mention = firstNeedle(text, matcher);
    return { ...refusedFile(path, text, mention, reason, detail), lost: true };
  }
  const place = placeAt(path, '', 0, 0);
  return {
    path,
    statements: [],
    uses: [],
    findings: [findingFor(reason, place, detail)],
    lost: true,
  };
}
