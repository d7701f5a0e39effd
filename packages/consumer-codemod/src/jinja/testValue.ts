import { JinjaValue, UNKNOWN } from './JinjaValue';

/** `value is name`, for tests without arguments. */
export function testValue(
  value: JinjaValue,
  name: string,
): boolean | typeof UNKNOWN {
  if (value === UNKNOWN) {
    return UNKNOWN;
  }
  const isList = typeof value === 'string' || Array.isArray(value);
  const tests: ReadonlyMap<string, boolean> = new Map([
    ['none', value === undefined],
    ['defined', true],
    ['undefined', false],
    ['string', typeof value === 'string'],
    ['number', typeof value === 'number' || typeof value === 'boolean'],
    ['boolean', typeof value === 'boolean'],
    ['true', value === true],
    ['false', value === false],
    ['mapping', value instanceof Map],
    ['iterable', isList || value instanceof Map],
    ['sequence', isList || value instanceof Map],
  ]);
  return tests.get(name) ?? UNKNOWN;
}
