import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyFilter } from './applyFilter';
import { callMethod } from './callMethod';
import { changesValues, pathOf } from './expressionFacts';
import { JinjaExpression } from './JinjaExpression';
import {
  isTrue,
  JinjaValue,
  MacroReference,
  Relation,
  TooMuch,
  UNKNOWN,
} from './JinjaValue';
import { FoundMacro, MacroBook } from './MacroBook';
import { operate } from './operate';
import { relationName } from './relationName';
import { testValue } from './testValue';

/** Names of variables, the innermost scope last. */
export type Scopes = ReadonlyArray<Map<string, JinjaValue>>;

/** Thrown by `return(value)`. */
export class Returned extends Error {
  constructor(readonly value: JinjaValue) {
    super('return');
  }
}

export interface EvaluatorOptions {
  dialect: SqlDialect;
  book: MacroBook;
  /** Tables of which a macro must not print the name: it would escape the comparison. */
  isHidden(call: 'ref' | 'source', args: string[]): boolean;
  /** What was run or assumed is added here. */
  used: Set<string>;
  run(
    macro: FoundMacro | undefined,
    args: JinjaValue[],
    named: ReadonlyMap<string, JinjaValue>,
  ): JinjaValue;
}

const MAX_STEPS = 40_000;
export const MAX_TEXT = 100_000;
const MAX_ITEMS = 2_000;

type Calls = JinjaExpression & { kind: 'call' };

/** Values of expressions; calls of macros are left to who runs them. */
export class ExpressionEvaluator {
  readonly #options: EvaluatorOptions;
  #steps = 0;

  constructor(options: EvaluatorOptions) {
    this.#options = options;
  }

  step() {
    if (++this.#steps > MAX_STEPS) {
      throw new TooMuch('steps');
    }
  }

  /** @throws TooMuch; never for what is merely not known */
  evaluate(
    expression: JinjaExpression | undefined,
    scopes: Scopes,
  ): JinjaValue {
    if (!expression) {
      return UNKNOWN;
    }
    this.step();
    const value = this.#evaluate(expression, scopes);
    const size =
      typeof value === 'string' ? value.length / MAX_TEXT : undefined;
    const items = Array.isArray(value) ? value.length / MAX_ITEMS : undefined;
    if ((size ?? items ?? 0) > 1) {
      throw new TooMuch('size');
    }
    return value;
  }

  lookUp(name: string, scopes: Scopes): JinjaValue {
    for (let i = scopes.length - 1; i >= 0; i--) {
      if (scopes[i].has(name)) {
        return scopes[i].get(name);
      }
    }
    return name === 'execute' ? true : UNKNOWN;
  }

  #evaluate(expression: JinjaExpression, scopes: Scopes): JinjaValue {
    const evaluate = (each: JinjaExpression) => this.evaluate(each, scopes);
    switch (expression.kind) {
      case 'literal':
        return expression.value;
      case 'name':
        return this.lookUp(expression.name, scopes);
      case 'list':
        return expression.items.map(evaluate);
      case 'dict': {
        const dict = new Map<string, JinjaValue>();
        for (const [key, value] of expression.entries) {
          const name = evaluate(key);
          if (typeof name !== 'string') {
            return UNKNOWN;
          }
          dict.set(name, evaluate(value));
        }
        return dict;
      }
      case 'attribute':
        return this.#attribute(expression, scopes);
      case 'index': {
        const of = evaluate(expression.of);
        const index = evaluate(expression.index);
        if (of instanceof Map && typeof index === 'string') {
          return of.has(index) ? of.get(index) : UNKNOWN;
        }
        const item =
          Array.isArray(of) && typeof index === 'number' ? index : undefined;
        const at =
          item !== undefined && Array.isArray(of) && item < 0
            ? item + of.length
            : item;
        return Array.isArray(of) &&
          at !== undefined &&
          Number.isInteger(at) &&
          at >= 0 &&
          at < of.length
          ? of[at]
          : UNKNOWN;
      }
      case 'slice': {
        const of = evaluate(expression.of);
        const from = expression.from ? evaluate(expression.from) : 0;
        const to = expression.to ? evaluate(expression.to) : Infinity;
        return (typeof of === 'string' || Array.isArray(of)) &&
          typeof from === 'number' &&
          typeof to === 'number'
          ? of.slice(from, to)
          : UNKNOWN;
      }
      case 'call':
        return this.#call(expression, scopes);
      case 'filter': {
        const { name, of, args, named } = expression;
        return named.length > 0
          ? UNKNOWN
          : applyFilter(name, evaluate(of), args.map(evaluate));
      }
      case 'test': {
        const holds = testValue(evaluate(expression.of), expression.name);
        return holds === UNKNOWN || expression.args.length > 0
          ? UNKNOWN
          : holds !== expression.negated;
      }
      case 'unary': {
        const of = evaluate(expression.of);
        if (expression.operator === '-') {
          return typeof of === 'number' ? -of : UNKNOWN;
        }
        const truth = isTrue(of);
        return truth === UNKNOWN ? UNKNOWN : !truth;
      }
      case 'choice': {
        const holds = isTrue(evaluate(expression.condition));
        if (holds === UNKNOWN) {
          this.#leave(expression);
          return UNKNOWN;
        }
        if (holds) {
          return evaluate(expression.yes);
        }
        // Without an `else` nothing is printed.
        return expression.no ? evaluate(expression.no) : '';
      }
      default:
        return this.#binary(expression, scopes);
    }
  }

  /** Nobody knows whether it is run: what it would change is not known any more. */
  #leave(expression: JinjaExpression) {
    if (changesValues(expression)) {
      throw new TooMuch('change');
    }
  }

  #attribute(
    expression: JinjaExpression & { kind: 'attribute' },
    scopes: Scopes,
  ): JinjaValue {
    const path = pathOf(expression)?.join('.');
    if (path === 'target.type') {
      return this.#options.dialect;
    }
    const of = this.evaluate(expression.of, scopes);
    return of instanceof Map && of.has(expression.name)
      ? of.get(expression.name)
      : UNKNOWN;
  }

  #binary(
    { operator, left, right }: JinjaExpression & { kind: 'binary' },
    scopes: Scopes,
  ): JinjaValue {
    const a = this.evaluate(left, scopes);
    if (operator === 'and' || operator === 'or') {
      const truth = isTrue(a);
      if (truth === UNKNOWN) {
        this.#leave(right);
        return UNKNOWN;
      }
      return truth === (operator === 'or') ? a : this.evaluate(right, scopes);
    }
    return operate(operator, a, this.evaluate(right, scopes));
  }

  #call(expression: Calls, scopes: Scopes): JinjaValue {
    const { callee } = expression;
    const args = expression.args.map(each => this.evaluate(each, scopes));
    const named = new Map(
      expression.named.map(
        ([name, each]) => [name, this.evaluate(each, scopes)] as const,
      ),
    );
    const path = pathOf(callee);
    const local =
      path && scopes.some(scope => scope.has(path[0])) && path.length > 1;
    if (path && !local) {
      return this.#callByName(path, args, named);
    }
    if (callee.kind === 'attribute') {
      const of = this.evaluate(callee.of, scopes);
      return named.size > 0 ? UNKNOWN : callMethod(of, callee.name, args);
    }
    const macro = this.evaluate(callee, scopes);
    return macro instanceof MacroReference
      ? this.#options.run(
          this.#options.book.dispatched(macro.name),
          args,
          named,
        )
      : UNKNOWN;
  }

  #callByName(
    path: readonly string[],
    args: JinjaValue[],
    named: ReadonlyMap<string, JinjaValue>,
  ): JinjaValue {
    const [first] = args;
    const name = path.join('.');
    switch (name) {
      case 'ref':
      case 'source': {
        const parts = args.map(each =>
          typeof each === 'string' ? each : undefined,
        );
        if (parts.length === 0 || parts.includes(undefined)) {
          return UNKNOWN;
        }
        const names = parts.map(String);
        return this.#options.isHidden(name, names)
          ? UNKNOWN
          : new Relation(relationName(name, names));
      }
      case 'return':
        throw new Returned(first);
      case 'var':
        return typeof first === 'string' && named.size === 0
          ? this.#variable(first, args)
          : UNKNOWN;
      case 'config':
      case 'log':
      case 'print':
      case 'exceptions.warn':
      case 'dbt_utils.log_info':
        return '';
      case 'namespace':
      case 'dict':
        return args.length === 0 ? new Map(named) : UNKNOWN;
      case 'range': {
        const [from, to] = args.length === 1 ? [0, first] : args;
        if (
          args.length > 2 ||
          typeof from !== 'number' ||
          typeof to !== 'number'
        ) {
          return UNKNOWN;
        }
        if (to - from > MAX_ITEMS) {
          throw new TooMuch('range');
        }
        return Array.from(
          { length: Math.max(0, to - from) },
          (_, i) => from + i,
        );
      }
      case 'adapter.dispatch':
        return typeof first === 'string' ? new MacroReference(first) : UNKNOWN;
      case 'adapter.quote': {
        const mark = this.#options.dialect === 'bigquery' ? '`' : '"';
        return typeof first === 'string' ? mark + first + mark : UNKNOWN;
      }
      default:
        return this.#callMacro(path, args, named);
    }
  }

  /** `var('x', default)`: what dbt_project.yml says, else the default. */
  #variable(name: string, args: readonly JinjaValue[]): JinjaValue {
    const declared = this.#options.book.variable(name);
    if (!declared && args.length < 2) {
      return UNKNOWN;
    }
    this.#options.used.add(`var ${name}`);
    return declared ? declared.value : args[1];
  }

  #callMacro(
    path: readonly string[],
    args: JinjaValue[],
    named: ReadonlyMap<string, JinjaValue>,
  ): JinjaValue {
    const found = this.#options.book.find(path);
    const inItems = found?.takesItems && !Array.isArray(args[0]);
    return this.#options.run(found, inItems ? [args] : args, named);
  }
}
