import { CompareOptions, compareResults } from '../compare/compareResults';
import { readable } from '../cover/CoverageProbe';
import { ProverDatabase, QueryResult } from '../database/ProverDatabase';
import { errorText } from '../database/errorText';
import { Random } from '../generate/Random';
import { MutableTable } from '../mutate/columnMutations';
import { listMutations } from '../mutate/listMutations';
import { applyMutation, Mutation } from '../mutate/Mutation';
import { pickMutations } from '../mutate/pickMutations';
import { printExpressions, printTrees, TreeNode } from '../tree/QueryTree';
import { normalizeResultType } from '../types/normalizeResultType';
import { withOrderedLists } from './orderLists';
import { MutantCount } from './StatementProof';

/** A mutant that needs longer has lost a join condition: noticed, in a way. */
const MUTANT_MS = 1000;
const MAX_SURVIVORS = 20;

interface Mutant {
  mutation: Mutation;
  tree: TreeNode;
  sql: string;
  /** `unbound` ones would be noticed by anybody, and are not counted. */
  state: 'alive' | 'killed' | 'unbound' | 'equivalent';
}

/** Tries a proof on deliberate mistakes in the new query. */
export class MutantHunt {
  readonly #database: ProverDatabase;
  readonly #compare: CompareOptions;
  readonly #newQuery: string;
  readonly #mutants: Mutant[];

  private constructor(options: {
    database: ProverDatabase;
    compare: CompareOptions;
    newQuery: string;
    mutants: Mutant[];
  }) {
    this.#database = options.database;
    this.#compare = options.compare;
    this.#newQuery = options.newQuery;
    this.#mutants = options.mutants;
  }

  /** Makes mistakes in a query, at most `limit`, some that do not bind among them. */
  static async create(options: {
    database: ProverDatabase;
    compare: CompareOptions;
    newQuery: string;
    newTree: TreeNode | undefined;
    /** Whether the query that runs sorts lists by their items, too; its tree does not. */
    ordersLists: boolean;
    tables: MutableTable[];
    limit: number;
    seed: number;
  }): Promise<MutantHunt> {
    const { database, newTree, tables, compare, limit, seed } = options;
    const all = newTree
      ? listMutations(newTree, tables, compare.orderKeys.length > 0)
      : [];
    const picked = pickMutations(all, limit, new Random(seed));
    const trees = newTree
      ? picked.map(mutation => applyMutation(newTree, mutation))
      : [];
    const texts = await printTrees(
      database,
      trees.map(tree =>
        options.ordersLists ? withOrderedLists(tree) ?? tree : tree,
      ),
    );
    const seen = new Set<string>();
    const mutants = picked.flatMap((mutation, index): Mutant[] => {
      const sql = texts[index];
      if (seen.has(sql)) return [];
      seen.add(sql);
      return [{ mutation, tree: trees[index], sql, state: 'alive' }];
    });
    return new MutantHunt({ ...options, mutants });
  }

  get alive(): TreeNode[] {
    return this.#mutants.flatMap(mutant =>
      mutant.state === 'alive' ? [mutant.tree] : [],
    );
  }

  /** Notices what the present rows tell from the old query's result. */
  async run(old: QueryResult): Promise<void> {
    for (const mutant of this.#mutants) {
      if (mutant.state !== 'alive') continue;
      try {
        const result = await this.#database.query(mutant.sql, {
          timeoutMs: MUTANT_MS,
          // More rows than the old query gives are a difference by themselves.
          rows: old.rows.length + 1,
        });
        if (!sameTypes(old, result)) mutant.state = 'unbound';
        else if (!compareResults(old, result, this.#compare).equal) {
          mutant.state = 'killed';
        }
      } catch (error) {
        const unbound = /^(Binder|Catalog|Parser) Error/.test(
          errorText(error) ?? '',
        );
        mutant.state = unbound ? 'unbound' : 'killed';
      }
    }
  }

  /** Finds those among the living that are the same query in other words. */
  async settle(): Promise<void> {
    const alive = this.#mutants.filter(({ state }) => state === 'alive');
    if (alive.length === 0) return;
    const plan = await this.#plan(this.#newQuery);
    for (const mutant of alive) {
      if (plan && (await this.#plan(mutant.sql)) === plan) {
        mutant.state = 'equivalent';
      }
    }
  }

  async count(): Promise<MutantCount> {
    const byKind: MutantCount['byKind'] = {};
    for (const { mutation, state } of this.#mutants) {
      if (state === 'unbound' || state === 'equivalent') continue;
      const own = (byKind[mutation.kind] ??= { generated: 0, killed: 0 });
      own.generated++;
      if (state === 'killed') own.killed++;
    }
    const sum = (key: 'generated' | 'killed') =>
      Object.values(byKind).reduce((total, item) => total + item[key], 0);
    return {
      generated: sum('generated'),
      killed: sum('killed'),
      equivalent: this.#mutants.filter(({ state }) => state === 'equivalent')
        .length,
      survivors: await this.#survivors(),
      byKind,
    };
  }

  async #plan(sql: string): Promise<string | undefined> {
    try {
      const { rows } = await this.#database.query(`EXPLAIN ${sql}`);
      // Estimates may differ where the query does not.
      return rows
        .flat()
        .join('\n')
        .replace(/~\s?[\d,]+ rows?/g, '')
        .replace(/\s+/g, ' ');
    } catch {
      return undefined;
    }
  }

  async #survivors(): Promise<string[]> {
    const alive = this.#mutants
      .filter(({ state }) => state === 'alive')
      .slice(0, MAX_SURVIVORS);
    const parts = alive.flatMap(({ mutation: { before, after } }) => [
      ...(before ? [before] : []),
      ...(after ? [after] : []),
    ]);
    const texts = (await printExpressions(this.#database, parts)).map(readable);
    return alive.map(({ mutation }) => {
      const before = mutation.before ? texts.shift() : undefined;
      const after = mutation.after ? texts.shift() : undefined;
      const change =
        before && after ? `${before} becomes ${after}` : before ?? after ?? '';
      const note = mutation.note ? ` ${mutation.note}` : '';
      return `${mutation.kind}: ${change}${note}`.replace(/\s+/g, ' ');
    });
  }
}

/** A changed type is seen at once, whatever the rows. */
function sameTypes(old: QueryResult, result: QueryResult): boolean {
  return (
    old.types.length !== result.types.length ||
    old.types.every(
      (type, index) =>
        normalizeResultType(type) === normalizeResultType(result.types[index]),
    )
  );
}
