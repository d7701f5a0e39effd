import { isEqual, isTrue, JinjaValue, printValue, UNKNOWN } from './JinjaValue';

type Filter = (value: JinjaValue, args: JinjaValue[]) => JinjaValue;

function onText(
  change: (text: string, args: JinjaValue[]) => JinjaValue,
): Filter {
  return (value, args) => {
    const text = printValue(value);
    return text === UNKNOWN ? UNKNOWN : change(text, args);
  };
}

function onList(
  change: (list: readonly JinjaValue[], args: JinjaValue[]) => JinjaValue,
): Filter {
  return (value, args) => {
    if (value instanceof Map) {
      return change([...value.keys()], args);
    }
    return Array.isArray(value) ? change(value, args) : UNKNOWN;
  };
}

/** Items in order; those of different kinds have none. */
function sorted(list: readonly JinjaValue[]): JinjaValue {
  if (list.every(item => typeof item === 'number')) {
    return [...list].sort((a, b) => Number(a) - Number(b));
  }
  const texts = list.map(item => (typeof item === 'string' ? item : undefined));
  return texts.includes(undefined)
    ? UNKNOWN
    : // Jinja's `sort` does not tell capitals from small letters.
      [...list].sort((a, b) => {
        const [left, right] = [String(a), String(b)].map(text =>
          text.toLowerCase(),
        );
        if (left === right) return 0;
        return left < right ? -1 : 1;
      });
}

function join(
  list: readonly JinjaValue[],
  [between]: JinjaValue[],
): JinjaValue {
  const parts = list.map(printValue);
  const separator = between === undefined ? '' : printValue(between);
  return parts.includes(UNKNOWN) || separator === UNKNOWN
    ? UNKNOWN
    : parts.map(String).join(separator);
}

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['lower', onText(text => text.toLowerCase())],
  ['upper', onText(text => text.toUpperCase())],
  ['trim', onText(text => text.trim())],
  ['string', onText(text => text)],
  [
    'replace',
    onText((text, [from, to]) =>
      typeof from === 'string' && from !== '' && typeof to === 'string'
        ? text.split(from).join(to)
        : UNKNOWN,
    ),
  ],
  [
    'int',
    value =>
      typeof value === 'number' ||
      (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value))
        ? Math.trunc(Number(value))
        : UNKNOWN,
  ],
  [
    'length',
    value => {
      if (Array.isArray(value)) return value.length;
      if (value instanceof Map) return value.size;
      return typeof value === 'string' ? value.length : UNKNOWN;
    },
  ],
  ['list', onList(list => [...list])],
  ['join', onList(join)],
  ['sort', onList(sorted)],
  ['reverse', onList(list => [...list].reverse())],
  ['first', onList(list => (list.length > 0 ? list[0] : UNKNOWN))],
  ['last', onList(list => (list.length > 0 ? list[list.length - 1] : UNKNOWN))],
  [
    'unique',
    onList(list => {
      const kept: JinjaValue[] = [];
      for (const item of list) {
        const same = kept.map(other => isEqual(item, other));
        if (same.includes(UNKNOWN)) return UNKNOWN;
        if (!same.includes(true)) kept.push(item);
      }
      return kept;
    }),
  ],
  [
    'map',
    onList((list, [name]) =>
      typeof name === 'string' && /^(lower|upper|trim|string|int)$/.test(name)
        ? list.map(item => applyFilter(name, item, []))
        : UNKNOWN,
    ),
  ],
  // `None` is a value: only what is falsy is replaced, and only if that is asked for.
  [
    'default',
    (value, [other, alsoFalsy]) =>
      alsoFalsy === true && isTrue(value) === false ? other : value,
  ],
  ['as_bool', value => value],
  ['as_text', value => value],
]);
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['count', 'length'],
  ['d', 'default'],
]);

/** A filter that changes nothing but its value; any other gives something unknown. */
export function applyFilter(
  name: string,
  value: JinjaValue,
  args: JinjaValue[],
): JinjaValue {
  const filter = FILTERS.get(ALIASES.get(name) ?? name);
  return filter && value !== UNKNOWN && !args.includes(UNKNOWN)
    ? filter(value, args)
    : UNKNOWN;
}
