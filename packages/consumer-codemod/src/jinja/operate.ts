import { isEqual, JinjaValue, printValue, UNKNOWN } from './JinjaValue';

function isIn(item: JinjaValue, list: JinjaValue): boolean | typeof UNKNOWN {
  if (item === UNKNOWN) {
    return UNKNOWN;
  }
  if (typeof list === 'string') {
    return typeof item === 'string' ? list.includes(item) : UNKNOWN;
  }
  if (list instanceof Map) {
    return typeof item === 'string' ? list.has(item) : UNKNOWN;
  }
  if (!Array.isArray(list)) {
    return UNKNOWN;
  }
  const same = list.map(each => isEqual(item, each));
  if (same.includes(true)) {
    return true;
  }
  return same.includes(UNKNOWN) ? UNKNOWN : false;
}

function calculate(operator: string, a: number, b: number): JinjaValue {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '**':
      return b >= 0 && Number.isInteger(a ** b) ? a ** b : UNKNOWN;
    case '/':
      // Python prints `4 / 2` as `2.0`, which a number here does not keep.
      return b === 0 || Number.isInteger(a / b) ? UNKNOWN : a / b;
    case '//':
      return b === 0 ? UNKNOWN : Math.floor(a / b);
    case '%':
      return b === 0 ? UNKNOWN : a - b * Math.floor(a / b);
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return UNKNOWN;
  }
}

/** A binary operator but `and` and `or`, which need not look at both sides. */
export function operate(
  operator: string,
  a: JinjaValue,
  b: JinjaValue,
): JinjaValue {
  if (operator === '~') {
    const [first, second] = [printValue(a), printValue(b)];
    return typeof first === 'string' && typeof second === 'string'
      ? first + second
      : UNKNOWN;
  }
  if (operator === '==' || operator === '!=') {
    const equal = isEqual(a, b);
    return equal === UNKNOWN ? UNKNOWN : equal === (operator === '==');
  }
  if (operator === 'in' || operator === 'not in') {
    const inside = isIn(a, b);
    return inside === UNKNOWN ? UNKNOWN : inside === (operator === 'in');
  }
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') {
    return a + b;
  }
  if (operator === '+' && Array.isArray(a) && Array.isArray(b)) {
    return [...a, ...b];
  }
  return typeof a === 'number' && typeof b === 'number'
    ? calculate(operator, a, b)
    : UNKNOWN;
}
