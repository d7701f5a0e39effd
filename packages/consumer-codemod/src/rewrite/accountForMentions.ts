import { DatasetUse, Place } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { findMentions } from '../text/findMentions';
import { FileResult } from './FileResult';

const SQL_COMMENTS = /\/\*[^]*?\*\/|(?:--|#)(?![^\n]*\{\{)[^\n]*/g;
const UNREADABLE =
  /^(PARSE_FAILED|PARSER_LIMIT|JINJA_UNREADABLE|SQL_SHAPE_UNKNOWN)$/;

/**
 * A SQL file that cannot be read matters only if it names the dataset outside of its
 * comments; one that is handed over counts as a use even if no read was resolved.
 */
export function accountForMentions(
  result: FileResult,
  text: string,
  matcher: NameMatcher,
): FileResult {
  if (result.uses.length > 0) {
    return result;
  }
  const mentioned = findMentions(text, matcher, SQL_COMMENTS).length > 0;
  const findings = result.findings.filter(
    finding => mentioned || !UNREADABLE.test(finding.reason),
  );
  const uses = findings.flatMap(({ place, route }): DatasetUse[] =>
    place && route === 'person'
      ? [{ place, route, context: 'text', snippet: snippetAt(text, place) }]
      : [],
  );
  return { ...result, findings, uses };
}

function snippetAt(text: string, place: Place): string {
  const line = text.split('\n')[place.line - 1] ?? '';
  const end = place.endLine === place.line ? place.endColumn : undefined;
  return line.slice(place.column - 1, end && end - 1).trimEnd();
}
