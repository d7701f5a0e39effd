import { parseFrom } from './parseFrom';
import {
  Clause,
  ClauseName,
  Query,
  Select,
  UnknownShapeError,
} from './QueryTree';
import { parseItems } from './parseItems';
import { Tokens } from './Tokens';

const SET_OPERATORS = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS']);

/** True if a query starts here, behind any number of parentheses. */
export function startsQuery(tokens: Tokens, index: number): boolean {
  let i = index;
  while (tokens.is(i, '(')) {
    i++;
  }
  return tokens.is(i, 'SELECT') || isWith(tokens, i);
}

function isWith(tokens: Tokens, i: number): boolean {
  return (
    tokens.is(i, 'WITH') &&
    (tokens.is(i + 1, 'RECURSIVE') ||
      (tokens.isName(i + 1) &&
        (tokens.is(i + 2, 'AS', '(') || tokens.is(i + 2, '('))))
  );
}

/**
 * Reads the structure of the query that starts at `index` and ends before `end`:
 * which clause each token stands in. The grammar of expressions is left to the
 * parser, whose column references are placed into this structure by offset.
 */
export function parseQuery(tokens: Tokens, index: number, end: number): Query {
  const query: Query = {
    kind: 'query',
    start: index,
    end,
    ctes: [],
    recursive: false,
    operands: [],
    ordered: false,
    inExists: false,
  };
  let i = index;
  if (isWith(tokens, i)) {
    i++;
    if (tokens.is(i, 'RECURSIVE')) {
      query.recursive = true;
      i++;
    }
    i = parseCtes(tokens, i, query);
  }
  for (;;) {
    if (tokens.is(i, '(') && startsQuery(tokens, i)) {
      const close = tokens.after(i) - 1;
      query.operands.push(parseQuery(tokens, i + 1, close));
      i = close + 1;
    } else if (tokens.is(i, 'SELECT')) {
      const select = parseSelect(tokens, i, end);
      query.operands.push(select);
      i = select.end;
    } else if (tokens.isName(i) && i + 1 === end) {
      // A macro call stands for the whole query.
      return { ...query, operands: [] };
    } else {
      throw new UnknownShapeError(i);
    }
    if (i >= end || !SET_OPERATORS.has(tokens.word(i))) {
      break;
    }
    i++;
    while (!tokens.is(i, 'SELECT') && !tokens.is(i, '(') && i < end) {
      i++;
    }
  }
  query.ordered = closeOrder(tokens, query, i, end);
  return query;
}

/** `ORDER BY` after a set operation sorts the whole, and names its output columns. */
function closeOrder(tokens: Tokens, query: Query, i: number, end: number) {
  const last = query.operands[query.operands.length - 1];
  const single = query.operands.length === 1;
  if (last.kind === 'select') {
    const order = last.clauses.find(clause => clause.name === 'order');
    if (order && !single) {
      last.clauses = last.clauses.filter(clause => clause.name !== 'order');
    }
    return order !== undefined;
  }
  return tokens.is(i, 'ORDER') && i < end ? true : single && last.ordered;
}

function parseCtes(tokens: Tokens, index: number, query: Query): number {
  let i = index;
  for (;;) {
    const name = tokens.name(i);
    i++;
    const columns: string[] = [];
    if (tokens.is(i, '(')) {
      const close = tokens.after(i) - 1;
      for (let n = i + 1; n < close; n++) {
        if (tokens.isName(n)) {
          columns.push(tokens.name(n));
        }
      }
      i = close + 1;
    }
    if (!tokens.is(i, 'AS', '(')) {
      throw new UnknownShapeError(i);
    }
    const close = tokens.after(i + 1) - 1;
    query.ctes.push({ name, columns, query: parseQuery(tokens, i + 2, close) });
    i = close + 1;
    if (!tokens.is(i, ',')) {
      return i;
    }
    i++;
    if (tokens.is(i, 'SELECT') || tokens.is(i, '(')) {
      return i;
    }
  }
}

function clauseAt(tokens: Tokens, i: number): [ClauseName, number] | undefined {
  switch (tokens.word(i)) {
    case 'FROM':
      return tokens.is(i - 1, 'DISTINCT') &&
        (tokens.is(i - 2, 'IS') || tokens.is(i - 3, 'IS', 'NOT'))
        ? undefined
        : ['from', 1];
    case 'WHERE':
      return ['filter', 1];
    case 'GROUP':
      return tokens.is(i + 1, 'BY') ? ['group', 2] : undefined;
    case 'HAVING':
      return ['having', 1];
    case 'QUALIFY':
      return ['qualify', 1];
    case 'WINDOW':
      return tokens.is(i + 2, 'AS') ? ['window', 1] : undefined;
    case 'ORDER':
      return tokens.is(i + 1, 'BY') ? ['order', 2] : undefined;
    case 'LIMIT':
      return ['limit', 1];
    default:
      return undefined;
  }
}

function parseSelect(tokens: Tokens, index: number, limit: number): Select {
  let i = index + 1;
  let distinct = false;
  if (tokens.is(i, 'DISTINCT') || tokens.is(i, 'ALL')) {
    distinct = tokens.is(i, 'DISTINCT');
    i++;
  }
  if (tokens.is(i, 'AS', 'STRUCT') || tokens.is(i, 'AS', 'VALUE')) {
    i += 2;
  }
  const clauses: Clause[] = [
    { name: 'projection', start: index, content: i, end: limit },
  ];
  const nested: Query[] = [];
  while (i < limit) {
    const found = clauseAt(tokens, i);
    const afterDot = tokens.is(i - 1, '.');
    if (found && !afterDot) {
      clauses[clauses.length - 1].end = i;
      clauses.push({
        name: found[0],
        start: i,
        content: i + found[1],
        end: limit,
      });
      i += found[1];
    } else if (
      !afterDot &&
      SET_OPERATORS.has(tokens.word(i)) &&
      !(tokens.is(i, 'EXCEPT', '(') && !startsQuery(tokens, i + 1))
    ) {
      break;
    } else if (tokens.is(i, ';')) {
      break;
    } else if (tokens.isOpening(i)) {
      const after = tokens.after(i);
      if (clauses[clauses.length - 1].name !== 'from') {
        collectNested(tokens, i, after, nested);
      }
      i = after;
    } else {
      i++;
    }
  }
  clauses[clauses.length - 1].end = i;
  const from = clauses.find(clause => clause.name === 'from');
  return {
    kind: 'select',
    start: index,
    end: i,
    distinct,
    items: parseItems(tokens, clauses[0].content, clauses[0].end),
    from: from ? parseFrom(tokens, from.content, from.end, nested) : [],
    clauses,
    nested,
  };
}

/** Finds queries in brackets of an expression, outermost only. */
export function collectNested(
  tokens: Tokens,
  start: number,
  end: number,
  nested: Query[],
): void {
  for (let i = start; i < end; i++) {
    if (tokens.is(i, '(') && startsQuery(tokens, i + 1)) {
      const after = tokens.after(i);
      if (queryFills(tokens, i + 1, after - 1)) {
        const query = parseQuery(tokens, i + 1, after - 1);
        query.inExists = tokens.is(i - 1, 'EXISTS');
        nested.push(query);
        i = after - 1;
      }
    }
  }
}

/** `((SELECT 1) + 1)` starts with a query but is an expression. */
function queryFills(tokens: Tokens, start: number, end: number): boolean {
  if (!tokens.is(start, '(')) {
    return true;
  }
  const after = tokens.after(start);
  return (
    after >= end ||
    SET_OPERATORS.has(tokens.word(after)) ||
    tokens.is(after, 'ORDER') ||
    tokens.is(after, 'LIMIT')
  );
}
