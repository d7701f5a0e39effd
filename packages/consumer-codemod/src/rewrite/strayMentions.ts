import { findDbtCalls } from '../mask/dbtCalls';
import { Macros } from '../mask/macroUses';
import { isLive, JinjaFile } from '../mask/maskJinja';
import { NameMatcher } from '../names/NameMatcher';
import { Edit } from '../patch/Edit';
import { Refusal } from '../resolve/Reads';
import { AnalyzedVariant } from './analyzeSql';
import { matchPath, printCall } from './matchPath';

export interface StrayMentions {
  refusals: Refusal[];
  /** References in SQL comments, such as `-- depends_on: {{ ref('t') }}`. */
  edits: Edit[];
}

/**
 * The safety net: every mention of the old dataset that no read accounts for.
 * Without it a reference in a place that the resolver does not look at would be
 * left behind in silence.
 */
export function findStrayMentions(
  file: JinjaFile,
  matcher: NameMatcher,
  variants: readonly AnalyzedVariant[],
  macros: Macros,
): StrayMentions {
  const known = new Set(
    variants.flatMap(({ statements, refusals, tokens }) => [
      ...statements.flatMap(({ reads }) => reads.map(read => read.start)),
      // `{{ dbt_utils.star(ref('t')) }}`, which is spelled out.
      ...statements.flatMap(({ reads }) =>
        reads.flatMap(({ stars }) =>
          stars.map(({ item }) => tokens.list[item.start].start),
        ),
      ),
      ...refusals.map(refusal => refusal.start),
    ]),
  );
  const result: StrayMentions = { refusals: [], edits: [] };
  checkJinja(file, matcher, variants, known, result, macros);
  for (const { tokens } of variants) {
    const dynamic = tokens.list.some((_, i) =>
      tokens.is(i, 'EXECUTE', 'IMMEDIATE'),
    );
    for (let i = 0; i < tokens.list.length; i++) {
      const token = tokens.list[i];
      if (token.kind === 'string') {
        const found = token.text.match(matcher.mentions() ?? /(?!)/g) ?? [];
        const value = token.text.replace(/^[a-z]*['"]+|['"]+$/gi, '').trim();
        const isName = found.some(name => name === value && name.includes('.'));
        const isSql = dynamic || /\b(from|join)\b/i.test(token.text);
        if (isName || (found.length > 0 && isSql)) {
          const { start, end } = token;
          result.refusals.push({ reason: 'SQL_NAME_IN_STRING', start, end });
        }
        continue;
      }
      if (
        !tokens.isName(i) ||
        known.has(token.start) ||
        tokens.is(i - 1, '.')
      ) {
        continue;
      }
      for (let end = i + 1; ; end += 2) {
        const last = tokens.list[end - 1];
        const path = file.text.slice(token.start, last.end);
        if (
          path.includes('.') &&
          matchPath(file, matcher, token.start, last.end)?.kind === 'old'
        ) {
          result.refusals.push({
            reason: 'SQL_REFERENCE_UNRESOLVED',
            start: token.start,
            end: last.end,
          });
          break;
        }
        if (
          !(
            tokens.is(end, '.') ||
            (tokens.is(end, '-') && tokens.touches(end))
          ) ||
          !tokens.isName(end + 1)
        ) {
          break;
        }
      }
    }
  }
  return result;
}

function checkJinja(
  file: JinjaFile,
  matcher: NameMatcher,
  variants: readonly AnalyzedVariant[],
  known: ReadonlySet<number>,
  result: StrayMentions,
  macros: Macros,
) {
  const dynamic = hasDynamicCall(file, matcher, macros);
  for (const span of file.spans) {
    if (span.kind === 'comment' || known.has(span.start)) {
      continue;
    }
    const hidden = file.blocks.hidden.some(
      range => span.start >= range.start && span.start < range.end,
    );
    const { start, end } = span;
    let rest = span.body;
    for (const call of findDbtCalls(span)) {
      const text = file.text.slice(call.start, call.end);
      rest = rest.replace(text, ' ');
      const target = matcher.matchJinja(call.call, call.args);
      if (!target) {
        continue;
      }
      const inToken = variants.some(({ tokens }) =>
        tokens.list.some(token => token.start < end && token.end > start),
      );
      if (hidden) {
        result.refusals.push({ reason: 'JINJA_MACRO', start, end });
      } else if (!call.bare) {
        result.refusals.push({ reason: 'JINJA_NESTED_REF', start, end });
      } else if (
        inToken ||
        !variants.some(({ variant }) => isLive(file, variant, start))
      ) {
        result.refusals.push({
          reason: 'SQL_REFERENCE_UNRESOLVED',
          start,
          end,
        });
      } else {
        result.edits.push({
          start,
          end,
          text: printCall(file.text, start, end, call, target),
          owner: start,
        });
      }
    }
    // `${env}` is a part of a path, which the resolver has seen.
    if (span.kind !== 'hole' && namesDataset(rest, matcher, macros, dynamic)) {
      result.refusals.push({
        reason: hidden ? 'JINJA_MACRO' : 'JINJA_NESTED_REF',
        start,
        end,
      });
    }
  }
  for (const range of file.blocks.hidden) {
    const text = file.text
      .slice(range.start, range.end)
      .replace(/\{\{.*?\}\}|\{%.*?%\}|\{#[^]*?#\}|--[^\n]*/g, ' ');
    if (namesTable(text, matcher)) {
      result.refusals.push({ reason: 'JINJA_MACRO', ...range });
    }
  }
}

/** Jinja that puts a dataset's name together: `ref(name)`, also in a macro that is called. */
function hasDynamicCall(
  file: JinjaFile,
  matcher: NameMatcher,
  macros: Macros,
): boolean {
  const jinja = file.spans
    .filter(({ kind }) => kind === 'expression' || kind === 'statement')
    .map(({ body }) => body);
  const queue = [...jinja];
  const seen = new Set<string>();
  for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
    for (const [, call, args] of text.matchAll(
      /(?<![\w.])(ref|source)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)/g,
    )) {
      const literal =
        /^\s*(['"])[^'"]*\1\s*(,\s*(['"])[^'"]*\3\s*|,\s*v(ersion)?\s*=.*)*$/;
      const source = args.match(/^\s*['"]([^'"]*)['"]/)?.[1];
      if (
        !literal.test(args) &&
        (call === 'ref' || source === undefined || matcher.hasSource(source))
      ) {
        return true;
      }
    }
    for (const [, name] of text.matchAll(/(\w+)\s*\(/g)) {
      const body = macros.get(name);
      if (body !== undefined && !seen.has(name)) {
        seen.add(name);
        queue.push(body);
      }
    }
  }
  return false;
}

/** Jinja that names the dataset: by a path, or by a bare name that is put into a call. */
function namesDataset(
  text: string,
  matcher: NameMatcher,
  macros: Macros,
  dynamic: boolean,
): boolean {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"/g)].some(([, a, b]) => {
    const value = a ?? b;
    const found = value.match(matcher.mentions() ?? /(?!)/g) ?? [];
    return (
      found.some(name => name.includes('.')) ||
      (found.length > 0 && /\b(from|join)\b/i.test(value)) ||
      ((dynamic || takesName(text, macros)) &&
        found.some(name => name === value.trim()))
    );
  });
}

/** A macro of a package may make a reference of a name. */
function takesName(text: string, macros: Macros): boolean {
  const called = [...text.matchAll(/(\w+)\s*\(/g)];
  return (
    /table|relation|union/.test(text) &&
    !called.some(([, name]) => macros.has(name))
  );
}

/** Text of a macro that reads the table by its name. */
function namesTable(text: string, matcher: NameMatcher): boolean {
  return [...text.matchAll(matcher.mentions() ?? /(?!)/g)].some(
    found =>
      found[0].includes('.') ||
      /\b(from|join|into|update|table)\s+[`"]?$/i.test(
        text.slice(0, found.index),
      ) ||
      /[.]\s*[`"]?$/.test(text.slice(0, found.index)),
  );
}
