import { OldRead, OtherInput } from '../resolve/Reads';
import { tokenAt } from '../resolve/tokenAt';
import { Tokens } from '../resolve/Tokens';
import { AnalyzedVariant } from './analyzeSql';
import { View } from './View';

const NUMERIC = /^(SUM|AVG|ROUND|ABS|FLOOR|CEIL|CEILING|STDDEV|SAFE_DIVIDE)$/;
const COMPARISON = /^(=|<|>|<=|>=|<>|!=)$/;

/** Columns that a query names of another table, with types as far as its use tells. */
export function inferColumns(
  variant: AnalyzedVariant,
  reads: readonly OldRead[],
  view: View,
  other: OtherInput,
): Array<{ name: string; type: string; guessed: true }> {
  return [...other.columns].map(([name, offsets]) => ({
    name,
    type:
      offsets
        .map(offset => typeAt(variant.tokens, reads, view, offset))
        .find(type => type !== undefined) ??
      // Columns of one name tend to be joined or unioned.
      fieldType(view, name) ??
      'STRING',
    guessed: true,
  }));
}

function fieldType(view: View, field: string): string | undefined {
  return view.mapping.from.contract.fields.find(
    entry => entry.name.toLowerCase() === field,
  )?.type;
}

function typeAt(
  tokens: Tokens,
  reads: readonly OldRead[],
  view: View,
  offset: number,
): string | undefined {
  const at = tokenAt(tokens, offset);
  const first = tokens.is(at - 1, '.') ? at - 2 : at;
  let other: number | undefined;
  if (COMPARISON.test(tokens.word(at + 1))) {
    other = at + 2;
  } else if (COMPARISON.test(tokens.word(first - 1))) {
    other = first - 2;
  }
  if (other !== undefined) {
    return operandType(tokens, reads, view, other);
  }
  if (tokens.is(at + 1, 'BETWEEN') || tokens.is(at + 1, 'IN', '(')) {
    return operandType(
      tokens,
      reads,
      view,
      at + (tokens.is(at + 1, 'IN') ? 3 : 2),
    );
  }
  if (tokens.is(first - 1, '(') && NUMERIC.test(tokens.word(first - 2))) {
    return 'FLOAT64';
  }
  return undefined;
}

/** The type of the literal or typed column that stands at a token. */
function operandType(
  tokens: Tokens,
  reads: readonly OldRead[],
  view: View,
  at: number,
): string | undefined {
  const token = tokens.list[at];
  if (!token) {
    return undefined;
  }
  if (token.kind === 'number') {
    return /[.eE]/.test(token.text) ? 'FLOAT64' : 'INT64';
  }
  const literal = tokens.word(token.kind === 'string' ? at - 1 : at);
  if (/^(DATE|TIMESTAMP|DATETIME|TIME)$/.test(literal)) {
    return literal;
  }
  if (token.kind === 'string') {
    return 'STRING';
  }
  if (/^(TRUE|FALSE)$/.test(literal)) {
    return 'BOOL';
  }
  const call = literal.match(
    /^(?:CURRENT_)?(DATE|TIMESTAMP|DATETIME)(?:_SUB|_ADD|_TRUNC)?$/,
  );
  if (call) {
    return call[1];
  }
  // `x = a.country`: the operand's name is its last part.
  const last = tokens.is(at + 1, '.') ? at + 2 : at;
  const start = tokens.list[last]?.start;
  const use = reads
    .flatMap(read => read.uses)
    .find(({ column }) => column.nameStart === start);
  return use && fieldType(view, use.field);
}
