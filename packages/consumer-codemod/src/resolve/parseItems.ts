import { SelectItem } from './QueryTree';
import { Tokens } from './Tokens';

/** Reads the projection `[start, end)`. */
export function parseItems(
  tokens: Tokens,
  start: number,
  end: number,
): SelectItem[] {
  const items: SelectItem[] = [];
  let itemStart = start;
  let i = start;
  const close = () => {
    if (i > itemStart) {
      items.push(readItem(tokens, itemStart, i));
    }
    itemStart = i + 1;
  };
  while (i < end) {
    if (tokens.isOpening(i)) {
      i = tokens.after(i);
      continue;
    }
    if (tokens.is(i, ',')) {
      close();
    }
    i++;
  }
  close();
  return items;
}

function names(tokens: Tokens, start: number, end: number): string[] {
  const found: string[] = [];
  for (let i = start; i < end; i++) {
    if (tokens.isName(i)) {
      found.push(tokens.name(i));
    }
  }
  return found;
}

/** Names behind `AS` in `REPLACE (…)`. */
function replacedNames(tokens: Tokens, start: number, end: number): string[] {
  return parseItems(tokens, start, end).flatMap(item => item.alias ?? []);
}

function readStar(
  tokens: Tokens,
  start: number,
  end: number,
): SelectItem['star'] | undefined {
  let at = -1;
  if (tokens.is(start, '*')) {
    at = start;
  } else if (tokens.isName(start) && tokens.is(start + 1, '.', '*')) {
    at = start + 2;
  }
  if (at === -1) {
    return undefined;
  }
  const star: NonNullable<SelectItem['star']> = {
    ...(at > start && { qualifier: tokens.name(start) }),
    except: [],
    replaces: false,
  };
  for (let i = at + 1; i < end; ) {
    if (tokens.is(i, 'EXCEPT', '(') || tokens.is(i, 'EXCLUDE', '(')) {
      star.except = names(tokens, i + 1, tokens.after(i + 1));
      i = tokens.after(i + 1);
    } else {
      if (tokens.is(i, 'REPLACE', '(') && !star.replaces) {
        star.replaced = replacedNames(tokens, i + 2, tokens.after(i + 1) - 1);
        i++;
      } else {
        star.replaced = undefined;
      }
      star.replaces = true;
      i = tokens.isOpening(i) ? tokens.after(i) : i + 1;
    }
  }
  return star;
}

/** Words that cannot be an alias without `AS`, because an expression ends with them. */
const NO_ALIAS = new Set(['END', 'NULL', 'TRUE', 'FALSE']);

function readItem(tokens: Tokens, start: number, end: number): SelectItem {
  const star = readStar(tokens, start, end);
  if (star) {
    return { start, end, star, explicitAlias: false };
  }
  const last = end - 1;
  if (!tokens.isName(last) || NO_ALIAS.has(tokens.word(last))) {
    return { start, end, explicitAlias: false };
  }
  const alias = tokens.name(last);
  if (tokens.is(last - 1, 'AS')) {
    return { start, end, alias, explicitAlias: true };
  }
  if (last === start || tokens.is(last - 1, '.')) {
    return { start, end, alias, explicitAlias: false };
  }
  const before = tokens.list[last - 1];
  const endsOperand =
    before.kind !== 'symbol' || before.text === ')' || before.text === ']';
  const isOperator =
    /^(AND|OR|NOT|IN|LIKE|IS|BETWEEN|DIV|MOD|CASE|WHEN|THEN|ELSE|DISTINCT|FROM)$/.test(
      tokens.word(last - 1),
    );
  return endsOperand && !isOperator
    ? { start, end, alias, explicitAlias: true }
    : { start, end, explicitAlias: false };
}
