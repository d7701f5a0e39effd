import { NameMatcher } from '../names/NameMatcher';
import { FileResult } from '../rewrite/FileResult';
import { findingFor } from '../rewrite/findingFor';
import { findMentions } from './findMentions';
import { languageOf } from './languages';
import { placeAt } from './placeAt';

/** Finds uses in a file that the codemod does not rewrite: all go to a person. */
export function scanOtherFile(
  path: string,
  text: string,
  matcher: NameMatcher,
): FileResult {
  const result: FileResult = { path, statements: [], uses: [], findings: [] };
  const language = languageOf(path);
  if (!language) {
    return result;
  }
  for (const { start, end } of findMentions(text, matcher, language.comments)) {
    const place = placeAt(path, text, start, end);
    result.uses.push({
      place,
      context: 'text',
      route: 'person',
      snippet: text.slice(start, end),
    });
    result.findings.push(findingFor(language.reason, place));
  }
  return result;
}
