import { JinjaExpression } from './JinjaExpression';
import { JinjaNode } from './parseTemplate';

/** All combinations of so many conditions are tried. */
const MAX_CONDITIONS = 10;
/** Variables can stand for each other without end. */
const MAX_PARTS = 300;

/** A condition as it has to come out for a branch to be printed. */
interface Demand {
  condition: JinjaExpression;
  holds: boolean;
}

type Formula = (truth: ReadonlyMap<string, boolean>) => boolean;

/** What names stand for: an expression; `undefined` where that changes or is not known. */
type Names = Map<string, JinjaExpression | undefined>;

function namesIn(value: unknown, found: Set<string>): Set<string> {
  if (typeof value === 'object' && value !== null) {
    const { kind, name } = value as { kind?: unknown; name?: unknown };
    if (kind === 'name' && typeof name === 'string') {
      found.add(name);
    }
    Object.values(value).forEach(each => namesIn(each, found));
  }
  return found;
}

/** Names that `set` gives a value once and for all, and those whose value changes. */
function readNames(nodes: readonly JinjaNode[]): Names {
  const names: Names = new Map();
  const visit = (list: readonly JinjaNode[], isTop: boolean) => {
    for (const node of list) {
      if (node.kind === 'set') {
        const [name, ...others] = node.names;
        const once =
          isTop && !node.member && others.length === 0 && !names.has(name);
        for (const each of node.names) {
          names.set(each, once ? node.value : undefined);
        }
      } else if (node.kind === 'do') {
        // `{% do list.append(x) %}`
        for (const name of namesIn(node.expression, new Set())) {
          names.set(name, undefined);
        }
      } else if (node.kind === 'capture') {
        names.set(node.name, undefined);
      } else if (node.kind === 'for') {
        [...node.names, 'loop'].forEach(name => names.set(name, undefined));
        visit(node.body, false);
      } else if (node.kind === 'if') {
        node.branches.forEach(({ body }) => visit(body, false));
      }
    }
  };
  visit(nodes, true);
  return names;
}

/** What a choice of branches asks of the file's conditions. Those in loops are another matter. */
function demandsOf(
  nodes: readonly JinjaNode[],
  choice: readonly number[],
): Demand[] {
  return nodes.flatMap((node): Demand[] => {
    if (node.kind !== 'if') {
      return [];
    }
    const pick = choice[node.conditional];
    const before = node.branches.slice(
      0,
      pick < 0 ? node.branches.length : pick,
    );
    const chosen = pick < 0 ? undefined : node.branches[pick];
    const asked = (condition: JinjaExpression | undefined, holds: boolean) =>
      condition ? [{ condition, holds }] : [];
    return [
      ...before.flatMap(({ condition }) => asked(condition, false)),
      ...asked(chosen?.condition, true),
      ...(chosen ? demandsOf(chosen.body, choice) : []),
    ];
  });
}

class FormulaReader {
  /** Parts of conditions that are true or false as a whole. */
  readonly atoms = new Set<string>();
  readonly #names: Names;
  #unique = 0;
  #parts = 0;

  constructor(names: Names) {
    this.#names = names;
  }

  read(expression: JinjaExpression): Formula {
    const isOpen = ++this.#parts <= MAX_PARTS;
    if (expression.kind === 'unary' && expression.operator === 'not') {
      const of = this.read(expression.of);
      return truth => !of(truth);
    }
    if (
      expression.kind === 'binary' &&
      (expression.operator === 'and' || expression.operator === 'or')
    ) {
      const left = this.read(expression.left);
      const right = this.read(expression.right);
      return expression.operator === 'and'
        ? truth => left(truth) && right(truth)
        : truth => left(truth) || right(truth);
    }
    if (isOpen && expression.kind === 'name') {
      const value = this.#names.get(expression.name);
      if (value) {
        return this.read(value);
      }
    }
    const key = this.#key(expression);
    this.atoms.add(key);
    return truth => truth.get(key) ?? false;
  }

  /** Two conditions of one text are the same, unless what they name changes in between. */
  #key(expression: JinjaExpression): string {
    const changes = [...namesIn(expression, new Set())].some(
      name => this.#names.has(name) && this.#names.get(name) === undefined,
    );
    return `${JSON.stringify(expression)}${changes ? this.#unique++ : ''}`;
  }
}

/**
 * False for a combination of branches that contradicts itself, such as the one that
 * joins a table and the one, under the same condition, that leaves its columns out.
 */
export function canHappen(
  nodes: readonly JinjaNode[],
  choice: readonly number[],
): boolean {
  const reader = new FormulaReader(readNames(nodes));
  const demands = demandsOf(nodes, choice).map(({ condition, holds }) => {
    const formula = reader.read(condition);
    return (truth: ReadonlyMap<string, boolean>) => formula(truth) === holds;
  });
  const atoms = [...reader.atoms];
  if (atoms.length > MAX_CONDITIONS) {
    return true;
  }
  for (let bits = 0; bits < 1 << atoms.length; bits++) {
    const truth = new Map(
      atoms.map((atom, i) => [atom, ((bits >> i) & 1) === 1] as const),
    );
    if (demands.every(demand => demand(truth))) {
      return true;
    }
  }
  return false;
}
