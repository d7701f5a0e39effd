import { JinjaExpression, JinjaNotRead } from './JinjaExpression';
import { JinjaToken, tokenizeExpression } from './tokenizeExpression';

const CONSTANTS: ReadonlyMap<string, boolean | undefined> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', undefined],
  ['None', undefined],
]);
/** Operators that bind equally, the loosest first. */
const LEVELS: readonly string[][] = [
  ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'],
  ['+', '-'],
  ['~'],
  ['*', '/', '//', '%'],
];
/** Deeper expressions are nobody's, and would overflow the stack. */
const MAX_DEPTH = 60;

/** Reads expressions as Jinja's own parser does: same levels, filters and tests bind tightest. */
export class ExpressionParser {
  readonly #tokens: readonly JinjaToken[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokenizeExpression(text);
  }

  /** The whole text has to be one expression. */
  static parse(text: string): JinjaExpression {
    const parser = new ExpressionParser(text);
    const expression = parser.tuple();
    parser.expectEnd();
    return expression;
  }

  expectEnd() {
    if (this.#token.kind !== 'end') {
      this.#fail();
    }
  }

  /** An expression, or several with commas between them. */
  tuple(): JinjaExpression {
    const first = this.expression();
    if (!this.#isSymbol(',')) {
      return first;
    }
    const items = [first];
    while (this.takeSymbol(',')) {
      if (this.#token.kind !== 'end' && !this.#isSymbol(')')) {
        items.push(this.expression());
      }
    }
    return { kind: 'list', items };
  }

  expression(withChoice = true): JinjaExpression {
    if (++this.#depth > MAX_DEPTH) {
      this.#fail();
    }
    let left = this.#or();
    while (withChoice && this.takeName('if')) {
      const condition = this.#or();
      const no = this.takeName('else') ? this.expression() : undefined;
      left = { kind: 'choice', condition, yes: left, ...(no && { no }) };
    }
    this.#depth--;
    return left;
  }

  /** A bare name, as of a variable. */
  name(): string {
    if (this.#token.kind !== 'name') {
      this.#fail();
    }
    return this.#next().text;
  }

  takeName(text: string): boolean {
    const found = this.#token.kind === 'name' && this.#token.text === text;
    if (found) {
      this.#at++;
    }
    return found;
  }

  takeSymbol(text: string): boolean {
    const found = this.#isSymbol(text);
    if (found) {
      this.#at++;
    }
    return found;
  }

  get #token(): JinjaToken {
    return this.#tokens[this.#at];
  }

  #next(): JinjaToken {
    const token = this.#token;
    this.#at = Math.min(this.#at + 1, this.#tokens.length - 1);
    return token;
  }

  #fail(): never {
    throw new JinjaNotRead(this.#token.text);
  }

  #isSymbol(text: string): boolean {
    return this.#token.kind === 'symbol' && this.#token.text === text;
  }

  #expect(text: string) {
    if (!this.takeSymbol(text)) {
      this.#fail();
    }
  }

  #or(): JinjaExpression {
    let left = this.#and();
    while (this.takeName('or')) {
      left = { kind: 'binary', operator: 'or', left, right: this.#and() };
    }
    return left;
  }

  #and(): JinjaExpression {
    let left = this.#not();
    while (this.takeName('and')) {
      left = { kind: 'binary', operator: 'and', left, right: this.#not() };
    }
    return left;
  }

  #not(): JinjaExpression {
    if (this.takeName('not')) {
      if (++this.#depth > MAX_DEPTH) {
        this.#fail();
      }
      const of = this.#not();
      this.#depth--;
      return { kind: 'unary', operator: 'not', of };
    }
    return this.#level(0);
  }

  #operator(level: number): string | undefined {
    const { kind, text } = this.#token;
    if (kind === 'name' && text === 'not' && level === 0) {
      const { kind: then, text: word } = this.#tokens[this.#at + 1];
      return then === 'name' && word === 'in' ? 'not in' : undefined;
    }
    const isOperator = kind === 'symbol' || (kind === 'name' && text === 'in');
    return isOperator && LEVELS[level].includes(text) ? text : undefined;
  }

  #level(level: number): JinjaExpression {
    if (level === LEVELS.length) {
      return this.#power();
    }
    let left = this.#level(level + 1);
    for (
      let operator = this.#operator(level);
      operator !== undefined;
      operator = this.#operator(level)
    ) {
      this.#at += operator === 'not in' ? 2 : 1;
      const right = this.#level(level + 1);
      // `a < b < c` means two comparisons.
      if (
        level === 0 &&
        left.kind === 'binary' &&
        LEVELS[0].includes(left.operator)
      ) {
        this.#fail();
      }
      left = { kind: 'binary', operator, left, right };
    }
    return left;
  }

  #power(): JinjaExpression {
    let left = this.#unary(true);
    while (this.takeSymbol('**')) {
      const right = this.#unary(true);
      left = { kind: 'binary', operator: '**', left, right };
    }
    return left;
  }

  #unary(withFilters: boolean): JinjaExpression {
    if (++this.#depth > MAX_DEPTH) {
      this.#fail();
    }
    const negative = this.takeSymbol('-');
    const operand = negative ? this.#unary(false) : this.#postfix();
    const signed: JinjaExpression = negative
      ? { kind: 'unary', operator: '-', of: operand }
      : operand;
    this.#depth--;
    return withFilters ? this.#filters(signed) : signed;
  }

  #primary(): JinjaExpression {
    const { kind, text } = this.#next();
    if (kind === 'string') {
      let value = text;
      while (this.#token.kind === 'string') {
        value += this.#next().text;
      }
      return { kind: 'literal', value };
    }
    if (kind === 'number') {
      // `1.0` prints its point, which a number here does not keep.
      if (text.includes('.') && Number.isInteger(Number(text))) {
        throw new JinjaNotRead(text);
      }
      return { kind: 'literal', value: Number(text) };
    }
    if (kind === 'name') {
      return CONSTANTS.has(text)
        ? { kind: 'literal', value: CONSTANTS.get(text) }
        : { kind: 'name', name: text };
    }
    if (text === '(') {
      if (this.takeSymbol(')')) {
        return { kind: 'list', items: [] };
      }
      const inner = this.tuple();
      this.#expect(')');
      return inner;
    }
    if (text === '[') {
      const items: JinjaExpression[] = [];
      while (!this.takeSymbol(']')) {
        items.push(this.expression());
        if (!this.#isSymbol(']')) {
          this.#expect(',');
        }
      }
      return { kind: 'list', items };
    }
    if (text === '{') {
      const entries: Array<[JinjaExpression, JinjaExpression]> = [];
      while (!this.takeSymbol('}')) {
        const key = this.expression();
        this.#expect(':');
        entries.push([key, this.expression()]);
        if (!this.#isSymbol('}')) {
          this.#expect(',');
        }
      }
      return { kind: 'dict', entries };
    }
    throw new JinjaNotRead(text);
  }

  #postfix(): JinjaExpression {
    let of = this.#primary();
    for (;;) {
      if (this.takeSymbol('.')) {
        of = { kind: 'attribute', of, name: this.name() };
      } else if (this.takeSymbol('[')) {
        of = this.#subscript(of);
      } else if (this.takeSymbol('(')) {
        of = { kind: 'call', callee: of, ...this.#args() };
      } else {
        return of;
      }
    }
  }

  #subscript(of: JinjaExpression): JinjaExpression {
    const from = this.#isSymbol(':') ? undefined : this.expression();
    if (!this.takeSymbol(':')) {
      this.#expect(']');
      return from ? { kind: 'index', of, index: from } : this.#fail();
    }
    const to = this.#isSymbol(']') ? undefined : this.expression();
    this.#expect(']');
    return { kind: 'slice', of, ...(from && { from }), ...(to && { to }) };
  }

  #args() {
    const args: JinjaExpression[] = [];
    const named: Array<[string, JinjaExpression]> = [];
    while (!this.takeSymbol(')')) {
      const { kind, text } = this.#tokens[this.#at + 1] ?? this.#token;
      if (this.#token.kind === 'name' && kind === 'symbol' && text === '=') {
        const name = this.name();
        this.#at++;
        named.push([name, this.expression()]);
      } else if (named.length > 0) {
        this.#fail();
      } else {
        args.push(this.expression());
      }
      if (!this.#isSymbol(')')) {
        this.#expect(',');
      }
    }
    return { args, named };
  }

  #filters(start: JinjaExpression): JinjaExpression {
    let of = start;
    for (;;) {
      if (this.takeSymbol('|')) {
        const name = this.name();
        const given = this.takeSymbol('(')
          ? this.#args()
          : { args: [], named: [] };
        of = { kind: 'filter', of, name, ...given };
      } else if (this.takeName('is')) {
        const negated = this.takeName('not');
        const name = this.name();
        const args = this.takeSymbol('(') ? this.#args().args : [];
        of = { kind: 'test', of, name, args, negated };
      } else {
        return of;
      }
    }
  }
}
