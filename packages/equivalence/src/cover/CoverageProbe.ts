import { ProverDatabase } from '../database/ProverDatabase';
import { isCount } from '../solve/functionKinds';
import {
  copyTree,
  nodeAt,
  nodesAt,
  printExpressions,
  printTrees,
  textAt,
  TreeNode,
  walkTree,
} from '../tree/QueryTree';

export const PROBE_FUNCTION = 'mig_probe';
const MAX_PROBES = 120;

/** Places of a tree that hold a condition. */
const CONDITION_KEYS = [
  'where_clause',
  'having',
  'qualify',
  'filter',
  'when_expr',
];

/** A side of a condition that no row was on. */
export interface MissedBranch {
  predicate: string;
  missing: 'true' | 'false';
}

interface Probe {
  condition: TreeNode;
  seen: Set<boolean>;
}

/** Which sides of its conditions a query's rows were on. */
export class CoverageProbe {
  readonly #database: ProverDatabase;
  readonly #probes: Probe[] = [];
  #sql: string | undefined;
  #live = false;

  private constructor(database: ProverDatabase) {
    this.#database = database;
  }

  /** Puts a probe around every condition of a query. */
  static async create(
    database: ProverDatabase,
    query: TreeNode,
  ): Promise<CoverageProbe> {
    const coverage = new CoverageProbe(database);
    const attempts = [
      [...CONDITION_KEYS, 'condition'],
      // A join may need its condition to be of a kind that a probe hides.
      CONDITION_KEYS,
    ];
    for (const keys of attempts) {
      coverage.#probes.length = 0;
      const [sql] = await printTrees(database, [
        coverage.#instrument(query, keys),
      ]);
      try {
        await database.query(`DESCRIBE ${sql}`);
        coverage.#sql = sql;
        break;
      } catch {
        coverage.#probes.length = 0;
      }
    }
    return coverage;
  }

  /** Runs the query once more, on the present rows. */
  async measure(): Promise<void> {
    if (!this.#sql || this.complete) return;
    this.#live = true;
    try {
      this.#database.onProbe((index, value) =>
        this.#probes[index]?.seen.add(value),
      );
      await this.#database.query(this.#sql);
    } catch {
      // What was seen up to the error was seen.
    } finally {
      this.#live = false;
      this.#database.onProbe(undefined);
    }
  }

  get complete(): boolean {
    return !this.#live && this.hit === this.found;
  }

  /** Two for every condition: it can be true, and not. */
  get found(): number {
    return this.#probes.length * 2;
  }

  get hit(): number {
    return this.#probes.reduce((sum, probe) => sum + probe.seen.size, 0);
  }

  async missed(): Promise<MissedBranch[]> {
    const open = this.#probes.filter(probe => probe.seen.size < 2);
    const texts = await printExpressions(
      this.#database,
      open.map(probe => probe.condition),
    );
    return open.flatMap((probe, index) =>
      [true, false]
        .filter(side => !probe.seen.has(side))
        .map(side => ({
          predicate: readable(texts[index]),
          missing: side ? ('true' as const) : ('false' as const),
        })),
    );
  }

  #instrument(query: TreeNode, keys: string[]): TreeNode {
    const copy = copyTree(query);
    walkTree({ query: copy }, node => {
      for (const key of keys) {
        const condition = nodeAt(node, key);
        if (condition && 'class' in condition)
          node[key] = this.#wrap(condition);
      }
      return true;
    });
    return copy;
  }

  #wrap(condition: TreeNode): TreeNode {
    const { type } = condition;
    if (
      type === 'CONJUNCTION_AND' ||
      type === 'CONJUNCTION_OR' ||
      type === 'OPERATOR_NOT'
    ) {
      const children = nodesAt(condition, 'children');
      return { ...condition, children: children.map(item => this.#wrap(item)) };
    }
    let inputs = 0;
    walkTree(condition, node => {
      if (
        ['COLUMN_REF', 'SUBQUERY', 'WINDOW'].includes(String(node.class)) ||
        isCount(textAt(node, 'function_name'))
      ) {
        inputs++;
      }
      return true;
    });
    // A constant is on one side for ever.
    if (inputs === 0 || this.#probes.length >= MAX_PROBES) return condition;
    const index = this.#probes.length;
    this.#probes.push({ condition: copyTree(condition), seen: new Set() });
    return {
      class: 'FUNCTION',
      type: 'FUNCTION',
      alias: '',
      query_location: 0,
      function_name: PROBE_FUNCTION,
      schema: '',
      catalog: '',
      children: [
        {
          class: 'CONSTANT',
          type: 'VALUE_CONSTANT',
          alias: '',
          query_location: 0,
          value: {
            type: { id: 'INTEGER', type_info: null },
            is_null: false,
            value: index,
          },
        },
        condition,
      ],
      filter: null,
      order_bys: { type: 'ORDER_MODIFIER', orders: [] },
      distinct: false,
      is_operator: false,
      export_state: false,
    };
  }
}

/** Takes our own names out of a text for people. */
export function readable(text: string): string {
  return text
    .replace(/\bshim_(\w+)/g, (_, name: string) => name.toUpperCase())
    .replace(/~~/g, 'LIKE')
    .replace(/"(\w+)"/g, '$1')
    .replace(/^\((.*)\)$/s, (whole, inner: string) =>
      balanced(inner) ? inner : whole,
    )
    .slice(0, 300);
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '(') depth++;
    if (char === ')' && --depth < 0) return false;
  }
  return depth === 0;
}
