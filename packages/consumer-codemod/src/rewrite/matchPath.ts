import { findDbtCalls } from '../mask/dbtCalls';
import { JinjaFile } from '../mask/maskJinja';
import { JinjaTarget, lastPart, NameMatcher } from '../names/NameMatcher';
import { PathMatch } from '../resolve/ResolveContext';

/** Tells whether the table path at these offsets is the old dataset. */
export function matchPath(
  file: JinjaFile,
  matcher: NameMatcher,
  start: number,
  end: number,
): PathMatch | undefined {
  const written = file.text.slice(start, end);
  const span = file.spans.find(
    entry => entry.start === start && entry.end === end,
  );
  const call = span && findDbtCalls(span).find(entry => entry.bare);
  if (span && call) {
    const target = matcher.matchJinja(call.call, call.args);
    if (!target) {
      return undefined;
    }
    if (target.args.length === 0) {
      return { kind: 'refused', reason: 'DBT_NAME_MISSING' };
    }
    return {
      kind: 'old',
      replacement: printCall(file.text, span.start, span.end, call, target),
      implicitOld: call.args[call.args.length - 1],
      implicitNew: target.args[target.args.length - 1],
    };
  }
  const match = matcher.matchTable(written);
  if (match) {
    return {
      kind: 'old',
      replacement: match.replacement,
      implicitOld: lastPart(written.replace(/[`"]/g, '')),
      implicitNew: lastPart(match.replacement.replace(/[`"]/g, '')),
    };
  }
  if (matcher.wildcardCovers(written)) {
    return { kind: 'refused', reason: 'SQL_WILDCARD_TABLE' };
  }
  if (matcher.isUnqualified(written)) {
    return { kind: 'refused', reason: 'TABLE_NAME_AMBIGUOUS' };
  }
  return undefined;
}

/** The Jinja expression with other arguments; spaces and quotes stay as they are. */
export function printCall(
  text: string,
  start: number,
  end: number,
  call: {
    call: string;
    start: number;
    end: number;
    argSpans: Array<{ start: number; end: number }>;
  },
  target: JinjaTarget,
): string {
  if (
    target.call === call.call &&
    target.args.length === call.argSpans.length
  ) {
    let printed = '';
    let position = start;
    for (const [index, span] of call.argSpans.entries()) {
      printed += text.slice(position, span.start) + target.args[index];
      position = span.end;
    }
    return printed + text.slice(position, end);
  }
  const args = target.args.map(arg => `'${arg}'`).join(', ');
  return `${text.slice(start, call.start)}${target.call}(${args})${text.slice(
    call.end,
    end,
  )}`;
}
