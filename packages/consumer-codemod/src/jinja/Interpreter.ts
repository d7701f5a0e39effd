import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { Macros } from '../mask/macroUses';
import { JinjaSpan } from '../mask/scanJinja';
import {
  EvaluatorOptions,
  ExpressionEvaluator,
  MAX_TEXT,
  Returned,
  Scopes,
} from './ExpressionEvaluator';
import { JinjaExpression } from './JinjaExpression';
import {
  isTrue,
  JinjaValue,
  NotKnown,
  printValue,
  TooMuch,
  UNKNOWN,
} from './JinjaValue';
import { FoundMacro, MacroBook } from './MacroBook';
import { JinjaNode } from './parseTemplate';

/** A template's text, with the tags in it. */
interface Template {
  text: string;
  spans: readonly JinjaSpan[];
}

const MAX_DEPTH = 24;

/**
 * Runs macros for what they print, with nothing in reach but their text: no warehouse,
 * no environment, no files. What depends on any of those is `UNKNOWN`. Macros are other
 * people's, so steps, text, lists and depth are bounded, and values are never objects
 * of JavaScript with anything inherited.
 */
export class Interpreter {
  /** What was run or assumed, for the record: `dbt.date_trunc`, `var using_tags`. */
  readonly used = new Set<string>();
  readonly #evaluator: ExpressionEvaluator;
  #depth = 0;

  constructor(options: {
    dialect: SqlDialect;
    macros: Macros;
    isHidden: EvaluatorOptions['isHidden'];
  }) {
    const { dialect, macros, isHidden } = options;
    this.#evaluator = new ExpressionEvaluator({
      dialect,
      isHidden,
      book: new MacroBook(macros, dialect),
      used: this.used,
      run: (...call) => this.#run(...call),
    });
  }

  /** Counts what is done. @throws TooMuch when that is too much */
  step() {
    this.#evaluator.step();
  }

  /** @throws TooMuch, and never for what is merely not known */
  evaluate(
    expression: JinjaExpression | undefined,
    scopes: Scopes,
  ): JinjaValue {
    return this.#evaluator.evaluate(expression, scopes);
  }

  /** What a run of nodes prints. @throws NotKnown where that is not known */
  print(
    template: Template,
    nodes: readonly JinjaNode[],
    scopes: Scopes,
  ): string {
    let printed = '';
    for (const node of nodes) {
      this.step();
      printed += this.#printNode(template, node, scopes);
      if (printed.length > MAX_TEXT) {
        throw new TooMuch('text');
      }
    }
    return printed;
  }

  /** Runs `set`, `do` and captured blocks, which print nothing. */
  perform(template: Template, node: JinjaNode, scopes: Scopes) {
    const scope = scopes[scopes.length - 1];
    if (node.kind === 'do') {
      this.evaluate(node.expression, scopes);
    } else if (node.kind === 'capture') {
      let captured: JinjaValue = UNKNOWN;
      try {
        captured = this.print(template, node.body, scopes);
      } catch (error) {
        if (!(error instanceof NotKnown)) throw error;
      }
      scope.set(node.name, captured);
    } else if (node.kind === 'set') {
      this.#assign(
        node.names,
        node.member,
        this.evaluate(node.value, scopes),
        scopes,
      );
    }
  }

  /** The rounds of a loop, each as the scope it adds; nothing if they are not known. */
  rounds(
    node: JinjaNode & { kind: 'for' },
    scopes: Scopes,
  ): Array<Map<string, JinjaValue>> | undefined {
    const over = this.evaluate(node.over, scopes);
    const items = over instanceof Map ? [...over.keys()] : over;
    if (!Array.isArray(items)) {
      return undefined;
    }
    const bound = items.map(item => this.#bind(node.names, item));
    const kept: Array<Map<string, JinjaValue>> = [];
    for (const scope of bound) {
      const wanted = node.only
        ? isTrue(this.evaluate(node.only, [...scopes, scope]))
        : true;
      if (wanted === UNKNOWN) {
        return undefined;
      }
      if (wanted) {
        kept.push(scope);
      }
    }
    for (const [index, scope] of kept.entries()) {
      const loop = new Map<string, JinjaValue>([
        ['index', index + 1],
        ['index0', index],
        ['first', index === 0],
        ['last', index === kept.length - 1],
        ['length', kept.length],
      ]);
      scope.set('loop', loop);
    }
    return kept;
  }

  #bind(names: readonly string[], item: JinjaValue) {
    const scope = new Map<string, JinjaValue>();
    if (names.length === 1) {
      return scope.set(names[0], item);
    }
    const parts =
      Array.isArray(item) && item.length === names.length ? item : [];
    for (const [i, name] of names.entries()) {
      scope.set(name, i < parts.length ? parts[i] : UNKNOWN);
    }
    return scope;
  }

  #assign(
    names: readonly string[],
    member: string | undefined,
    value: JinjaValue,
    scopes: Scopes,
  ) {
    const scope = scopes[scopes.length - 1];
    if (member) {
      const namespace = this.#evaluator.lookUp(names[0], scopes);
      if (namespace instanceof Map) {
        namespace.set(member, value);
      }
      return;
    }
    for (const [name, part] of names.length > 1
      ? this.#bind(names, value)
      : [[names[0], value] as const]) {
      scope.set(name, part);
    }
  }

  #printNode(template: Template, node: JinjaNode, scopes: Scopes): string {
    switch (node.kind) {
      case 'text':
        return template.text.slice(node.start, node.end);
      case 'output': {
        const printed = printValue(this.evaluate(node.expression, scopes));
        if (printed === UNKNOWN) {
          throw new NotKnown(template.spans[node.span].body.trim());
        }
        return printed;
      }
      case 'if': {
        for (const branch of node.branches) {
          const holds =
            branch.isElse || isTrue(this.evaluate(branch.condition, scopes));
          if (holds === UNKNOWN) {
            throw new NotKnown('if');
          }
          if (holds) {
            return this.print(template, branch.body, scopes);
          }
        }
        return '';
      }
      case 'for': {
        const rounds = this.rounds(node, scopes);
        if (!rounds) {
          throw new NotKnown('for');
        }
        return rounds
          .map(round => this.print(template, node.body, [...scopes, round]))
          .join('');
      }
      case 'skipped':
        throw new NotKnown('block');
      default:
        this.perform(template, node, scopes);
        return '';
    }
  }

  #run(
    found: FoundMacro | undefined,
    args: JinjaValue[],
    named: ReadonlyMap<string, JinjaValue>,
  ): JinjaValue {
    const definition = found?.definition;
    if (!found || !definition || args.length > definition.parameters.length) {
      return UNKNOWN;
    }
    const scope = new Map<string, JinjaValue>();
    for (const [i, parameter] of definition.parameters.entries()) {
      const fallback = definition.defaults.get(parameter);
      const missing = fallback ? this.evaluate(fallback, [scope]) : UNKNOWN;
      const byName = named.has(parameter) ? named.get(parameter) : missing;
      scope.set(parameter, i < args.length ? args[i] : byName);
    }
    if ([...named.keys()].some(key => !scope.has(key))) {
      return UNKNOWN;
    }
    if (++this.#depth > MAX_DEPTH) {
      throw new TooMuch('depth');
    }
    this.used.add(found.name);
    try {
      const printed = this.print(definition, definition.nodes, [scope]);
      return printed;
    } catch (error) {
      if (error instanceof Returned) {
        return error.value;
      }
      if (error instanceof NotKnown) {
        return UNKNOWN;
      }
      throw error;
    } finally {
      this.#depth--;
    }
  }
}
