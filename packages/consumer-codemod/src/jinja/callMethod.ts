import { applyFilter } from './applyFilter';
import {
  JinjaDict,
  JinjaValue,
  printValue,
  TooMuch,
  UNKNOWN,
} from './JinjaValue';

function ofText(text: string, name: string, args: JinjaValue[]): JinjaValue {
  const [first, second] = args;
  switch (name) {
    case 'lower':
    case 'upper':
      return args.length === 0 ? applyFilter(name, text, []) : UNKNOWN;
    case 'replace':
      return args.length === 2 ? applyFilter(name, text, args) : UNKNOWN;
    case 'strip':
      return args.length === 0 ? text.trim() : UNKNOWN;
    case 'lstrip':
      return args.length === 0 ? text.trimStart() : UNKNOWN;
    case 'rstrip':
      return args.length === 0 ? text.trimEnd() : UNKNOWN;
    case 'startswith':
      return typeof first === 'string' ? text.startsWith(first) : UNKNOWN;
    case 'endswith':
      return typeof first === 'string' ? text.endsWith(first) : UNKNOWN;
    case 'split':
      return typeof first === 'string' && first !== '' && second === undefined
        ? text.split(first)
        : UNKNOWN;
    case 'join':
      return applyFilter('join', first, [text]);
    case 'format': {
      // `{}` only: other forms say how a value is printed.
      const parts = text.split('{}');
      const values = args.map(printValue);
      const plain = !/[{}]/.test(parts.join('')) && !values.includes(UNKNOWN);
      return plain && values.length === parts.length - 1
        ? parts.map((part, i) => part + String(values[i] ?? '')).join('')
        : UNKNOWN;
    }
    default:
      return UNKNOWN;
  }
}

function ofList(
  list: JinjaValue[],
  name: string,
  args: JinjaValue[],
): JinjaValue {
  const [first] = args;
  if (args.length !== 1) {
    return UNKNOWN;
  }
  switch (name) {
    case 'append':
      list.push(first);
      return undefined;
    case 'extend':
      // A list of which a part is not known is not known.
      list.push(...(Array.isArray(first) ? first : [UNKNOWN as JinjaValue]));
      return undefined;
    default:
      list.push(UNKNOWN);
      return UNKNOWN;
  }
}

function ofDict(dict: JinjaDict, name: string, args: JinjaValue[]): JinjaValue {
  const [first, second] = args;
  switch (name) {
    case 'items':
      return [...dict].map(([key, value]) => [key, value]);
    case 'keys':
      return [...dict.keys()];
    case 'values':
      return [...dict.values()];
    case 'get':
      if (typeof first !== 'string') {
        return UNKNOWN;
      }
      return dict.has(first) ? dict.get(first) : second;
    case 'update':
      if (!(first instanceof Map)) {
        throw new TooMuch('update');
      }
      for (const [key, value] of first) {
        dict.set(key, value);
      }
      return undefined;
    default:
      return UNKNOWN;
  }
}

/** A method of a string, list or dict: a closed list, by name. */
export function callMethod(
  of: JinjaValue,
  name: string,
  args: JinjaValue[],
): JinjaValue {
  if (typeof of === 'string') {
    return args.includes(UNKNOWN) ? UNKNOWN : ofText(of, name, args);
  }
  if (Array.isArray(of)) {
    return ofList(of, name, args);
  }
  return of instanceof Map ? ofDict(of, name, args) : UNKNOWN;
}
