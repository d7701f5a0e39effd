import { relationName } from '../jinja/relationName';
import { findDbtCalls } from '../mask/dbtCalls';
import { JinjaFile } from '../mask/maskJinja';
import { printMacro } from '../mask/printMacro';
import { JinjaSpan } from '../mask/scanJinja';
import { isPlaceholder } from '../resolve/placeholder';
import { tokenAt } from '../resolve/tokenAt';
import { Tokens } from '../resolve/Tokens';
import { AnalyzedVariant } from './analyzeSql';

/** The name that stands for a reference to another table. */
export function referenceName(written: string): string | undefined {
  const span = /^\{\{.*\}\}$/s.test(written)
    ? {
        kind: 'expression' as const,
        start: 0,
        end: written.length,
        body: written.slice(2, -2),
        bodyStart: 2,
      }
    : undefined;
  const call = span && findDbtCalls(span)[0];
  return call && relationName(call.call, call.args);
}

/** The placeholder stands between the brackets behind `OVER`, for all or some of what they hold. */
function isInWindow(tokens: Tokens, span: JinjaSpan): boolean {
  let depth = 0;
  for (let at = tokenAt(tokens, span.start) - 1; at > 0; at--) {
    if (tokens.is(at, ')')) depth++;
    if (tokens.is(at, '(') && depth-- === 0) return tokens.is(at - 1, 'OVER');
  }
  return false;
}

/** In a window, a placeholder that no comma or keyword asks for is a clause: left out. */
function isWindowClause(tokens: Tokens, span: JinjaSpan): boolean {
  const before = tokens.word(tokenAt(tokens, span.start) - 1);
  return (
    isInWindow(tokens, span) && !/^(,|BY|[-+*\/=<>|]+|AND|OR)$/.test(before)
  );
}

/** The placeholder stands where an expression or a whole query can stand. */
function isOperand(tokens: Tokens, span: JinjaSpan): boolean {
  const at = tokenAt(tokens, span.start);
  const token = tokens.list[at];
  return (
    span.kind === 'expression' &&
    token?.start === span.start &&
    token.end === span.end &&
    !/^(FROM|JOIN|AS|INTO|\.)$/.test(tokens.word(at - 1)) &&
    !/^(\.|\()$/.test(tokens.word(at + 1))
  );
}

/** What stands for an expression of which nobody here knows what it prints. */
export function placeholderFor(
  file: JinjaFile,
  { masked, tokens }: AnalyzedVariant,
  index: number,
): string {
  const span = file.spans[index];
  const kept = masked.slice(span.start, span.end).trim();
  if (!isPlaceholder(kept)) {
    return kept;
  }
  const written = file.text.slice(span.start, span.end);
  const clause = isWindowClause(tokens, span) ? '' : undefined;
  return (
    referenceName(written) ??
    clause ??
    (isOperand(tokens, span) ? printMacro(span) : kept)
  );
}
