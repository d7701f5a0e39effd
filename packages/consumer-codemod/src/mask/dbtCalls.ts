import { JinjaSpan } from './scanJinja';

/** `ref('t')` or `source('a', 't')` found inside a Jinja span. */
export interface DbtCall {
  call: 'ref' | 'source';
  args: string[];
  start: number;
  end: number;
  /** Offsets of each argument's text, without quotes. */
  argSpans: Array<{ start: number; end: number }>;
  /** False if the call is an argument of another macro, or part of a larger expression. */
  bare: boolean;
}

const CALL =
  /(?<![\w.])(ref|source)\s*\(\s*((?:'[^'\n]*'|"[^"\n]*")(?:\s*,\s*(?:'[^'\n]*'|"[^"\n]*"))*)\s*(\)|,)/g;

/** Finds dbt calls with literal arguments in a span. */
export function findDbtCalls(span: JinjaSpan): DbtCall[] {
  if (span.kind === 'comment' || span.kind === 'hole') {
    return [];
  }
  const calls: DbtCall[] = [];
  for (const found of span.body.matchAll(CALL)) {
    const start = span.bodyStart + found.index;
    const argsStart = start + found[0].indexOf('(');
    const argSpans: DbtCall['argSpans'] = [];
    const args: string[] = [];
    const text = found[0].slice(found[0].indexOf('('));
    for (const arg of text.matchAll(/'([^'\n]*)'|"([^"\n]*)"/g)) {
      const value = arg[1] ?? arg[2];
      args.push(value);
      argSpans.push({
        start: argsStart + arg.index + 1,
        end: argsStart + arg.index + 1 + value.length,
      });
    }
    const call = found[1] as DbtCall['call'];
    const end = start + found[0].length;
    const before = span.body.slice(0, found.index).trim();
    const after = span.body.slice(end - span.bodyStart).trim();
    calls.push({
      call,
      args,
      argSpans,
      start,
      end,
      bare:
        span.kind === 'expression' &&
        before === '' &&
        after === '' &&
        found[3] === ')' &&
        args.length === (call === 'ref' ? Math.min(args.length, 2) : 2),
    });
  }
  return calls;
}
