import { SqlToken } from './SqlParser';

/** Token indexes `[start, end)` of what can be parsed alone. */
export interface StatementPart {
  kind: 'statement' | 'expression';
  start: number;
  end: number;
}

function wordAt(tokens: readonly SqlToken[], index: number): string {
  const token = tokens[index];
  return token?.kind === 'word' || token?.kind === 'symbol'
    ? token.text.toUpperCase()
    : '';
}

/** Splits a script at its semicolons, and takes control words off its statements. */
export function statementParts(tokens: readonly SqlToken[]): StatementPart[] {
  const parts: StatementPart[] = [];
  let start = 0;
  for (let i = 0; i <= tokens.length; i++) {
    if (i === tokens.length || wordAt(tokens, i) === ';') {
      addParts(tokens, start, i, parts);
      start = i + 1;
    }
  }
  return parts;
}

/** Where a word stands outside of brackets and `CASE`, or `end`. */
function find(
  tokens: readonly SqlToken[],
  from: number,
  end: number,
  word: string,
): number {
  let depth = 0;
  let cases = 0;
  for (let i = from; i < end; i++) {
    const text = wordAt(tokens, i);
    if (text === '(' || text === '[') {
      depth++;
    } else if (text === ')' || text === ']') {
      depth--;
    } else if (depth === 0 && cases === 0 && text === word) {
      return i;
    } else if (text === 'CASE') {
      cases++;
    } else if (text === 'END') {
      cases--;
    }
  }
  return end;
}

/** Where the query of `CREATE … AS query` starts; nothing if another one stands before it. */
export function storedQuery(
  tokens: readonly SqlToken[],
  { start, end }: StatementPart,
): number | undefined {
  const as = find(tokens, start, end, 'AS');
  const before = tokens
    .slice(start, as)
    .some((_, index) => /^(SELECT|FROM)$/.test(wordAt(tokens, start + index)));
  const starts = /^(SELECT|WITH|\()$/.test(wordAt(tokens, as + 1));
  return wordAt(tokens, start) === 'CREATE' && as < end && starts && !before
    ? as + 1
    : undefined;
}

function addParts(
  tokens: readonly SqlToken[],
  from: number,
  end: number,
  parts: StatementPart[],
) {
  let start = from;
  const expression = (first: number, last: number) => {
    if (last > first) {
      parts.push({ kind: 'expression', start: first, end: last });
    }
  };
  while (start < end) {
    const word = wordAt(tokens, start);
    const next = wordAt(tokens, start + 1);
    if (
      word === 'BEGIN' ||
      word === 'ELSE' ||
      word === 'LOOP' ||
      word === 'REPEAT'
    ) {
      start += next === 'TRANSACTION' ? 2 : 1;
    } else if (
      (word === 'IF' && next !== '(') ||
      isCondition(tokens, start, end)
    ) {
      const then = find(tokens, start + 1, end, 'THEN');
      expression(start + 1, then);
      start = then + 1;
    } else if (word === 'WHILE') {
      const to = find(tokens, start + 1, end, 'DO');
      expression(start + 1, to);
      start = to + 1;
    } else if (word === 'FOR' && wordAt(tokens, start + 2) === 'IN') {
      const to = find(tokens, start + 3, end, 'DO');
      expression(start + 3, to);
      start = to + 1;
    } else if (word === 'EXCEPTION') {
      start = find(tokens, start, end, 'THEN') + 1;
    } else if (word === 'ASSERT') {
      // `ASSERT (…) > 0 AS 'message'`
      expression(start + 1, find(tokens, start + 1, end, 'AS'));
      return;
    } else if (word === 'UNTIL') {
      expression(start + 1, end);
      return;
    } else if (/^(END|LEAVE|BREAK|CONTINUE|ITERATE|RETURN)$/.test(word)) {
      return;
    } else {
      break;
    }
  }
  if (start < end) {
    parts.push({ kind: 'statement', start, end });
  }
}

/** `IF (…) THEN` and `ELSEIF … THEN`, but not the function `IF(…)`. */
function isCondition(
  tokens: readonly SqlToken[],
  start: number,
  end: number,
): boolean {
  const word = wordAt(tokens, start);
  return (
    (word === 'ELSEIF' || word === 'IF') &&
    find(tokens, start + 1, end, 'THEN') < end
  );
}
