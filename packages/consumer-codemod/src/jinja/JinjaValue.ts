/** A value that only a run against the warehouse, or another project, could tell. */
export const UNKNOWN = Symbol('unknown');

/** Thrown where a macro would print what is not known, or go on by it. */
export class NotKnown extends Error {
  name = 'NotKnown';
}

/** Thrown when a template does more than macros that print a query do, or what cannot be followed. */
export class TooMuch extends Error {
  name = 'TooMuch';
}

/** A table, as `ref`, `source` and `this` give it. */
export class Relation {
  constructor(readonly printed: string) {}
}

/** A macro that is not called yet, as `adapter.dispatch` gives it. */
export class MacroReference {
  constructor(readonly name: string) {}
}

/** A dict, a namespace or `loop`. Never a plain object, so nothing is inherited. */
export type JinjaDict = Map<string, JinjaValue>;

/** `undefined` is `None`. */
export type JinjaValue =
  | string
  | number
  | boolean
  | undefined
  | typeof UNKNOWN
  | Relation
  | MacroReference
  | JinjaValue[]
  | JinjaDict;

function represent(value: JinjaValue): string | typeof UNKNOWN {
  if (typeof value === 'string') {
    return /['\\\n\r\t]/.test(value) ? UNKNOWN : `'${value}'`;
  }
  return printValue(value);
}

/** What `{{ value }}` prints, as Python prints it. */
export function printValue(value: JinjaValue): string | typeof UNKNOWN {
  if (typeof value === 'string') {
    return value;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) && Math.abs(value) < 1e15
      ? String(value)
      : UNKNOWN;
  }
  if (typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if (value === undefined) {
    return 'None';
  }
  if (value instanceof Relation) {
    return value.printed;
  }
  if (Array.isArray(value)) {
    const items = value.map(represent);
    return items.includes(UNKNOWN)
      ? UNKNOWN
      : `[${items.map(String).join(', ')}]`;
  }
  return UNKNOWN;
}

/** Whether a value counts as true. */
export function isTrue(value: JinjaValue): boolean | typeof UNKNOWN {
  if (value === UNKNOWN || value instanceof MacroReference) {
    return UNKNOWN;
  }
  if (Array.isArray(value)) {
    return value.length > 0;
  }
  if (value instanceof Map) {
    return value.size > 0;
  }
  return value instanceof Relation ? true : Boolean(value);
}

/** Python's `==`; unknown as soon as a part of either is. */
export function isEqual(
  left: JinjaValue,
  right: JinjaValue,
): boolean | typeof UNKNOWN {
  if (left === UNKNOWN || right === UNKNOWN) {
    return UNKNOWN;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left.length !== right.length) {
      return false;
    }
    const all = left.map((item, i) => isEqual(item, right[i]));
    return all.includes(UNKNOWN) ? UNKNOWN : all.every(Boolean);
  }
  if (left instanceof Map && right instanceof Map) {
    return left.size === 0 && right.size === 0 ? true : UNKNOWN;
  }
  if (left instanceof Relation || right instanceof Relation) {
    return left === right ? true : UNKNOWN;
  }
  // `True == 1` holds in Python.
  const plain = (value: JinjaValue) =>
    typeof value === 'boolean' ? Number(value) : value;
  return plain(left) === plain(right);
}

/** What a JSON document says, as a value. */
export function valueOfJson(json: unknown): JinjaValue {
  if (Array.isArray(json)) {
    return json.map(valueOfJson);
  }
  if (typeof json === 'object' && json !== null) {
    return new Map(
      Object.entries(json).map(([key, value]) => [key, valueOfJson(value)]),
    );
  }
  return typeof json === 'string' ||
    typeof json === 'number' ||
    typeof json === 'boolean'
    ? json
    : undefined;
}
