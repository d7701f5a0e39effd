import { FromItem, JoinKind, Query, UnknownShapeError } from './QueryTree';
import { isPlaceholder } from './placeholder';
import { collectNested, parseQuery, startsQuery } from './parseQuery';
import { Tokens } from './Tokens';

const JOIN_WORDS = new Set([
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'NATURAL',
  'OUTER',
]);
const NO_ALIAS = new Set([
  ...JOIN_WORDS,
  'ON',
  'USING',
  'FOR',
  'PIVOT',
  'UNPIVOT',
  'TABLESAMPLE',
  'WITH',
  'MATCH_RECOGNIZE',
  'SET',
  'WHEN',
  'WHERE',
]);

function isJoin(tokens: Tokens, i: number): boolean {
  const word = tokens.word(i);
  return (
    JOIN_WORDS.has(word) &&
    !tokens.is(i - 1, '.') &&
    !((word === 'LEFT' || word === 'RIGHT') && tokens.is(i + 1, '('))
  );
}

/** Reads a `FROM` clause; queries in `ON` conditions go to `nested`. */
export function parseFrom(
  tokens: Tokens,
  start: number,
  end: number,
  nested: Query[],
): FromItem[] {
  const items: FromItem[] = [];
  let join: JoinKind = 'first';
  let natural = false;
  let i = start;
  while (i < end) {
    const item = parseItem(tokens, i, end, nested);
    item.join = join;
    item.natural = natural;
    items.push(item);
    i = item.end;
    if (tokens.is(i, 'ON') && i < end) {
      const from = i + 1;
      while (
        i < end &&
        !tokens.is(i, ',') &&
        (i < from || !isJoin(tokens, i))
      ) {
        i = tokens.isOpening(i) ? tokens.after(i) : i + 1;
      }
      collectNested(tokens, from, i, nested);
    } else if (tokens.is(i, 'USING', '(') && i < end) {
      const close = tokens.after(i + 1);
      for (let n = i + 2; n < close - 1; n++) {
        if (tokens.isName(n)) {
          item.using.push(tokens.name(n));
        }
      }
      i = close;
    }
    if (i >= end) {
      break;
    }
    natural = false;
    if (tokens.is(i, ',')) {
      join = 'comma';
      i++;
      continue;
    }
    if (!isJoin(tokens, i)) {
      throw new UnknownShapeError(i);
    }
    join = 'inner';
    while (i < end && isJoin(tokens, i)) {
      const word = tokens.word(i);
      if (
        word === 'LEFT' ||
        word === 'RIGHT' ||
        word === 'FULL' ||
        word === 'CROSS'
      ) {
        join = word.toLowerCase() as JoinKind;
      }
      natural = natural || word === 'NATURAL';
      i++;
      if (word === 'JOIN') {
        break;
      }
    }
  }
  return items;
}

function parseItem(
  tokens: Tokens,
  start: number,
  end: number,
  nested: Query[],
): FromItem {
  const item: FromItem = {
    kind: 'table',
    start,
    end: start,
    join: 'first',
    natural: false,
    suffixes: [],
    using: [],
    columnList: false,
    macro: false,
  };
  let i = start;
  if (tokens.is(i, 'LATERAL')) {
    i++;
  }
  if (tokens.is(i, '(')) {
    const after = tokens.after(i);
    if (startsQuery(tokens, i + 1) && !isJoinGroup(tokens, i + 1, after - 1)) {
      item.kind = 'query';
      item.query = parseQuery(tokens, i + 1, after - 1);
    } else {
      item.kind = 'group';
      item.members = parseFrom(tokens, i + 1, after - 1, nested);
    }
    i = after;
  } else if (tokens.is(i, 'UNNEST', '(')) {
    item.kind = 'unnest';
    const after = tokens.after(i + 1);
    collectNested(tokens, i + 2, after, nested);
    i = after;
  } else if (tokens.isName(i)) {
    const pathStart = i;
    i++;
    while (
      i < end &&
      (tokens.is(i, '.') || (tokens.is(i, '-') && tokens.touches(i))) &&
      (tokens.list[i + 1]?.kind !== 'symbol' || tokens.is(i + 1, '*'))
    ) {
      i += 2;
    }
    if (tokens.is(i, '*') && tokens.touches(i)) {
      i++;
    }
    item.path = { start: pathStart, end: i };
    if (tokens.is(i, '(') && tokens.touches(i)) {
      item.kind = 'function';
      i = tokens.after(i);
      collectNested(tokens, item.path.end, i, nested);
    }
  } else {
    throw new UnknownShapeError(i);
  }
  item.end = parseSuffixes(tokens, i, end, item);
  return item;
}

/** `((SELECT …) AS a JOIN b …)` starts like a query. */
function isJoinGroup(tokens: Tokens, start: number, end: number): boolean {
  if (!tokens.is(start, '(')) {
    return false;
  }
  const after = tokens.after(start);
  return (
    after < end &&
    !/^(UNION|INTERSECT|EXCEPT|ORDER|LIMIT)$/.test(tokens.word(after))
  );
}

function parseSuffixes(
  tokens: Tokens,
  start: number,
  end: number,
  item: FromItem,
): number {
  let i = start;
  while (i < end) {
    if (tokens.is(i, 'FOR')) {
      item.suffixes.push('FOR SYSTEM_TIME AS OF');
      i++;
      while (
        i < end &&
        !tokens.is(i, ',') &&
        !isJoin(tokens, i) &&
        !tokens.is(i, 'ON')
      ) {
        i = tokens.isOpening(i) ? tokens.after(i) : i + 1;
      }
    } else if (
      /^(PIVOT|UNPIVOT|TABLESAMPLE|MATCH_RECOGNIZE)$/.test(tokens.word(i))
    ) {
      item.suffixes.push(tokens.word(i));
      while (i < end && !tokens.isOpening(i)) {
        i++;
      }
      i = tokens.after(i);
    } else if (tokens.is(i, 'WITH', 'OFFSET')) {
      i += 2;
      if (tokens.is(i, 'AS')) {
        i += 2;
      } else if (tokens.isName(i) && !NO_ALIAS.has(tokens.word(i))) {
        i++;
      }
    } else if (tokens.is(i, 'AS')) {
      item.alias = tokens.name(i + 1);
      i += 2;
    } else if (tokens.isName(i) && !NO_ALIAS.has(tokens.word(i))) {
      // A placeholder here is a macro that prints a clause, not an alias.
      if (!isPlaceholder(tokens.name(i))) {
        item.alias = tokens.name(i);
      } else {
        item.macro = true;
      }
      i++;
    } else {
      break;
    }
    if (item.alias && tokens.is(i, '(') && i < end && item.kind !== 'unnest') {
      item.columnList = true;
      i = tokens.after(i);
    }
  }
  return i;
}
