import { DatasetUse, Place } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { findMentions } from '../text/findMentions';
import { placeAt } from '../text/placeAt';
import { findingFor } from './findingFor';
import { FileResult } from './FileResult';

const SQL_COMMENTS = /\/\*[^]*?(?:\*\/|$)|(?:--|#)(?![^\n]*\{\{)[^\n]*/g;
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
  const mentions = findMentions(text, matcher, SQL_COMMENTS);
  const mentioned = mentions.length > 0;
  // `x.a.b` is a field of a STRUCT, or a table of another project.
  const named = mentions.find(
    ({ start, end }) =>
      text.slice(start, end).includes('.') && text[start - 1] !== '.',
  );
  if (named && result.findings.length === 0 && result.after === undefined) {
    // A file that names the dataset must not end without a word.
    const place = placeAt(result.path, text, named.start, named.end);
    const snippet = snippetAt(text, place);
    return {
      ...result,
      findings: [findingFor('SQL_REFERENCE_UNRESOLVED', place)],
      uses: [{ place, route: 'person', context: 'text', snippet }],
    };
  }
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
