import { JinjaNotRead } from './JinjaExpression';

export interface JinjaToken {
  kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  text: string;
}

const TOKEN =
  /\s+|([A-Za-z_]\w*)|(\d+(?:\.\d+)?)|('(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*")|(\*\*|\/\/|==|!=|<=|>=|[-+*\/%~<>=()[\]{},:.|])/y;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\n': '',
};

/** A string of Jinja is a string of Python: an unknown escape keeps its backslash. */
function unescape(text: string): string {
  return text.slice(1, -1).replace(/\\([^])/g, (all, char: string) => {
    if (/["'\\]/.test(char)) {
      return char;
    }
    if (Object.hasOwn(ESCAPES, char)) {
      return ESCAPES[char];
    }
    // `\x41`, `\u0041` and octal ones are not read.
    if (/[abfvxuUN0-7]/.test(char)) {
      throw new JinjaNotRead(all);
    }
    return all;
  });
}

/** The tokens of an expression. */
export function tokenizeExpression(text: string): JinjaToken[] {
  const tokens: JinjaToken[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) {
      throw new JinjaNotRead(text.slice(at, at + 20));
    }
    const [, name, number, string, symbol] = found;
    if (name !== undefined) {
      tokens.push({ kind: 'name', text: name });
    } else if (number !== undefined) {
      tokens.push({ kind: 'number', text: number });
    } else if (string !== undefined) {
      tokens.push({ kind: 'string', text: unescape(string) });
    } else if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol });
    }
  }
  tokens.push({ kind: 'end', text: '' });
  return tokens;
}
