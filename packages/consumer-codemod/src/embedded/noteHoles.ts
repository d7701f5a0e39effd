import { scanJinja } from '../mask/scanJinja';
import { OldRead, Refusal } from '../resolve/Reads';
import { tokenAt } from '../resolve/tokenAt';
import { Tokens } from '../resolve/Tokens';
import { VirtualSql } from './VirtualSql';

interface Hole {
  start: number;
  end: number;
  source: string;
  bound: boolean;
}

/** A word that says that the host chooses a column at run time. */
const COLUMN_WORD =
  /col|field|key|dim|metric|measure|expr|select|where|filter|cond|clause|name/i;
const COMPARISON = /^(=|<|>|<=|>=|<>|!=|LIKE|LIMIT|OFFSET|INTERVAL|BETWEEN)$/;
const CLAUSE =
  /^(SELECT|FROM|WHERE|ON|HAVING|QUALIFY|BY|USING|WHEN|SET|LIMIT)$/;
/** Words that stand in front of a parenthesis without calling it. */
const WORD = /^(AND|OR|NOT|WHERE|ON|SELECT|WHEN|THEN|ELSE|HAVING|BY)$/;
const TABLE_WORD = /^(FROM|JOIN|INTO|TABLE|UPDATE|MERGE|USING|VIEW)$/;

/**
 * What the holes of a string mean for the reads around them: one that may print a
 * field's name keeps all old names in scope, one that stands for a table's alias
 * is refused, and one that can only be a value means nothing.
 */
export function noteHoles(
  virtual: VirtualSql,
  entry: { masked: string; tokens: Tokens; reads: OldRead[] },
): Refusal[] {
  const { masked, tokens, reads } = entry;
  if (reads.length === 0) {
    return [];
  }
  const refusals: Refusal[] = [];
  for (const hole of holesOf(virtual)) {
    const kind = kindOf(hole, virtual.text, masked, tokens);
    if (kind === 'alias') {
      const { start, end } = hole;
      refusals.push({ reason: 'CODE_HOLE_IS_ALIAS', start, end });
    } else if (kind === 'name') {
      for (const read of reads) {
        read.derive.add('CODE_HOLE_MAY_NAME_FIELD');
        read.full = true;
      }
    }
  }
  return refusals;
}

/** The host's own holes and the templates that a literal holds. */
function holesOf(virtual: VirtualSql): Hole[] {
  const scan = scanJinja(virtual.text);
  if (!scan.ok) {
    return [];
  }
  return scan.spans
    .filter(({ kind }) => kind === 'expression' || kind === 'hole')
    .map(({ start, end, body }) => {
      const index = virtual.unit(start)?.hole;
      return {
        start,
        end,
        source: index === undefined ? body : virtual.holeSource(index),
        bound: index !== undefined && virtual.holes[index].bound === true,
      };
    });
}

function kindOf(
  hole: Hole,
  text: string,
  masked: string,
  tokens: Tokens,
): 'table' | 'value' | 'name' | 'alias' {
  if (hole.bound || /(--|#)[^\n]*$/.test(text.slice(0, hole.start))) {
    return 'value';
  }
  if (masked.slice(hole.start, hole.end).trim() === '') {
    return 'name';
  }
  const at = tokenAt(tokens, hole.start);
  const token = tokens.list[at];
  if (!token || token.end <= hole.start || token.start >= hole.end) {
    // It stands where no token is: in a comment.
    return 'value';
  }
  if (token.kind === 'string') {
    return 'value';
  }
  let first = at;
  while (
    (tokens.is(first - 1, '.') && tokens.isName(first - 2)) ||
    (tokens.is(first - 1, '-') && tokens.touches(first - 1))
  ) {
    first -= 2;
  }
  if (TABLE_WORD.test(tokens.word(first - 1))) {
    return 'table';
  }
  if (tokens.is(at + 1, '.')) {
    return 'alias';
  }
  return isListOf(tokens, at) ||
    (isValue(tokens, at) && !COLUMN_WORD.test(hole.source))
    ? 'value'
    : 'name';
}

/** `id IN {ids}` and `id IN ({names})`: whatever it is called, a list of values. */
function isListOf(tokens: Tokens, at: number): boolean {
  let operator = at - 1;
  if (!tokens.is(operator, 'IN')) {
    if (!isListed(tokens, at)) {
      return false;
    }
    while (!tokens.is(operator, 'IN')) {
      operator--;
    }
  }
  const left = tokens.is(operator - 1, 'NOT') ? operator - 2 : operator - 1;
  return tokens.isName(left) && clauseAt(tokens, at) !== 'ON';
}

/** The right side of a comparison in a condition on rows, a limit, or an argument of one. */
function isValue(tokens: Tokens, at: number): boolean {
  let first = at;
  // `DATE({day})` is judged by what is in front of it.
  while (tokens.is(first - 1, '(') && !tokens.is(first - 2, 'IN')) {
    const call = tokens.isName(first - 2) && !WORD.test(tokens.word(first - 2));
    first -= call ? 2 : 1;
  }
  if (clauseAt(tokens, first) === 'ON') {
    return false;
  }
  const before = tokens.word(first - 1);
  const between =
    before === 'AND' &&
    [3, 4, 5, 6].some(back => tokens.is(first - back, 'BETWEEN'));
  return COMPARISON.test(before) || between || isListed(tokens, first);
}

/** In `IN (1, {a}, {b})`. */
function isListed(tokens: Tokens, at: number): boolean {
  let i = at - 1;
  while (i > 0 && (tokens.is(i, ',') || !tokens.isOpening(i))) {
    if (CLAUSE.test(tokens.word(i)) || tokens.is(i, ')')) {
      return false;
    }
    i--;
  }
  return tokens.is(i - 1, 'IN');
}

/** The word that starts the clause around a token. */
function clauseAt(tokens: Tokens, at: number): string {
  for (let i = at - 1; i >= 0; i--) {
    if (CLAUSE.test(tokens.word(i))) {
      return tokens.word(i);
    }
  }
  return '';
}
