import { NameMatcher } from '../names/NameMatcher';
import { applyEdits, Edit } from '../patch/Edit';
import { DbtCall, findDbtCalls } from './dbtCalls';
import { Macros } from './macroUses';
import { readJinja } from './maskJinja';
import { JinjaSpan } from './scanJinja';

/** A text in which macros get a common table expression in place of the dataset. */
export interface Shim {
  text: string;
  /** The offset in the file of an offset in `text`. */
  toFile(offset: number): number;
}

/** What a common table expression does not have. */
const PSEUDO_COLUMNS = /\b(_table_suffix|_partition(time|date)|_file_name)\b/i;
const CTE_START = /([A-Za-z_]\w*)\s+as\s*\(\s*$/i;

/**
 * `latest AS ( {{ newest(source('a', 't')) }} )` reads the dataset through a macro. If
 * the macro prints its argument as a table in `FROM` and nowhere else, it may as well
 * be given the name of a common table expression over the dataset, which is then
 * rewritten as any other. Returns nothing if no macro is called like that.
 */
export function shimMacros(
  text: string,
  matcher: NameMatcher,
  macros: Macros,
): Shim | undefined {
  const file = readJinja(text);
  if ('at' in file) {
    return undefined;
  }
  const edits: Edit[] = [];
  const taken = new Set<string>();
  for (const span of file.spans) {
    const hidden = file.blocks.hidden.some(
      ({ start, end }) => span.start >= start && span.start < end,
    );
    const choice = hidden ? undefined : choiceOf(text, span, matcher);
    if (choice) {
      edits.push(choice);
      continue;
    }
    const found = hidden ? undefined : shimOf(text, span, matcher, macros);
    if (!found) {
      continue;
    }
    const { at, call } = found;
    const name = freeName(text, found.body, call, taken);
    taken.add(name);
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    const indent = text
      .slice(text.lastIndexOf('\n', at - 1) + 1, at)
      .replace(/\S.*$/, '');
    const source = text.slice(call.start, call.end);
    const table = `${name} AS (${newline}${indent}    SELECT * FROM {{ ${source} }}${newline}${indent}),${newline}${indent}`;
    const owner = call.start;
    edits.push(
      { start: at, end: at, text: table, owner },
      { start: call.start, end: call.end, text: `'${name}'`, owner },
    );
  }
  if (edits.length === 0) {
    return undefined;
  }
  edits.sort((a, b) => a.start - b.start);
  return { text: applyEdits(text, edits), toFile: backwards(edits) };
}

/** `{{ ref('a') if x else ref('b') }}`, as the tags that mean the same. */
function choiceOf(
  text: string,
  span: JinjaSpan,
  matcher: NameMatcher,
): Edit | undefined {
  const call = String.raw`(?:ref|source)\s*\([^()]*\)`;
  const found = span.body.match(
    new RegExp(`^\\s*(${call})\\s+if\\s+(.+?)\\s+else\\s+(${call})\\s*$`),
  );
  const named = findDbtCalls(span).some(
    ({ call: name, args }) => matcher.matchJinja(name, args) !== undefined,
  );
  const { start, end } = span;
  const plain = text[start + 2] !== '-' && text[end - 3] !== '-';
  if (span.kind !== 'expression' || !found || !named || !plain) {
    return undefined;
  }
  const [, yes, condition, no] = found;
  return /\b(if|else)\b/.test(condition)
    ? undefined
    : {
        start,
        end,
        text: `{% if ${condition} %}{{ ${yes} }}{% else %}{{ ${no} }}{% endif %}`,
        owner: start,
      };
}

function backwards(edits: readonly Edit[]): (offset: number) => number {
  return offset => {
    let shift = 0;
    for (const { start, end, text, owner } of edits) {
      const at = start + shift;
      if (offset < at) {
        break;
      }
      if (offset < at + text.length) {
        // What is put in stands for the call's argument.
        return owner;
      }
      shift += text.length - (end - start);
    }
    return offset - shift;
  };
}

function shimOf(
  text: string,
  span: JinjaSpan,
  matcher: NameMatcher,
  macros: Macros,
): { at: number; call: DbtCall; body: string } | undefined {
  const called = span.body.match(/^\s*(?:\w+\.)?(\w+)\s*\(([^]*)\)\s*$/);
  if (span.kind !== 'expression' || !called) {
    return undefined;
  }
  const body = macros.get(called[1]);
  const signature = macros.get(`signature:${called[1]}`);
  const calls = findDbtCalls(span).filter(
    ({ call, args }) => matcher.matchJinja(call, args) !== undefined,
  );
  if (body === undefined || !signature || calls.length !== 1) {
    return undefined;
  }
  const [call] = calls;
  const parameter = parameterOf(text, span, call, signature);
  const before = text.slice(0, span.start).match(CTE_START);
  const closes = /^\s*\)/.test(text.slice(span.end));
  if (!parameter || !before || !closes || !isTableOnly(body, parameter)) {
    return undefined;
  }
  const at = before.index ?? 0;
  const lead = text
    .slice(0, at)
    .replace(/(--|#)[^\n]*\n\s*$/g, ' ')
    .trimEnd();
  return /(\bwith|,)$/i.test(lead) ? { at, call, body } : undefined;
}

/** The macro's parameter that the call is the argument of. */
function parameterOf(
  text: string,
  span: JinjaSpan,
  call: DbtCall,
  signature: string,
): string | undefined {
  const before = text.slice(span.bodyStart, call.start);
  const after = text.slice(call.end, span.end);
  const parameters = signature
    .split(',')
    .map(part => part.split('=')[0].trim());
  if (!/^\s*[,)]/.test(after)) {
    return undefined;
  }
  const named = before.match(/[(,]\s*(\w+)\s*=\s*$/);
  if (named) {
    return parameters.find(name => name === named[1]);
  }
  if (!/[(,]\s*$/.test(before) || /=/.test(before)) {
    return undefined;
  }
  const args = before
    .slice(before.indexOf('(') + 1)
    .replace(/'[^']*'|"[^"]*"/g, '');
  return /[()[\]{}]/.test(args)
    ? undefined
    : parameters[args.split(',').length - 1];
}

/** The macro prints the parameter behind `FROM` or `JOIN` and does nothing else with it. */
function isTableOnly(body: string, parameter: string): boolean {
  if (!/^\w+$/.test(parameter)) {
    return false;
  }
  const all = body.match(new RegExp(`\\b${parameter}\\b`, 'g')) ?? [];
  const tables =
    body.match(
      new RegExp(
        `\\b(from|join)\\s+\\{\\{-?\\s*${parameter}\\s*-?\\}\\}`,
        'gi',
      ),
    ) ?? [];
  return (
    all.length > 0 &&
    all.length === tables.length &&
    !PSEUDO_COLUMNS.test(body) &&
    !/\b(varargs|kwargs)\b/.test(body)
  );
}

/** A name that nothing else has. The dataset's own would read as a mention of it. */
function freeName(
  text: string,
  body: string,
  call: DbtCall,
  taken: ReadonlySet<string>,
): string {
  const plain = text.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}/g, ' ');
  const table = call.args[call.args.length - 1].replace(/\W/g, '_');
  const isFree = (name: string) =>
    !taken.has(name) &&
    !new RegExp(`\\b${name}\\b`, 'i').test(`${plain}\n${body}`);
  const names = [`old_${table}`, `${table}_before`, `${table}_old`];
  return names.find(isFree) ?? `old_${table}_${taken.size + 2}`;
}
