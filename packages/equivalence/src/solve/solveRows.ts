import { ProverDatabase } from '../database/ProverDatabase';
import { Random } from '../generate/Random';
import { BedTable } from '../prove/TestBed';
import { TreeNode } from '../tree/QueryTree';
import { chooseVariants } from './chooseVariants';
import { Ties } from './CellWriter';
import { RowEmitter, RowsByTable } from './RowEmitter';
import { flattenQuery } from './flattenQuery';
import { joinClasses } from './joinClasses';
import { truthTable } from './truthTable';

/** Counts up to this are reached with rows. */
const MAX_THRESHOLD = 300;
const SMALL_THRESHOLD = 25;

/** Group sizes on both sides of what counts are compared with. */
function groupSizes(thresholds: number[]): number[] {
  const sizes = new Set<number>();
  for (const count of [...new Set(thresholds)].slice(0, 3)) {
    if (count > MAX_THRESHOLD) continue;
    if (count <= SMALL_THRESHOLD) {
      for (const size of [count - 1, count, count + 2]) sizes.add(size);
    }
    sizes.add(count + 1);
  }
  return [...sizes].filter(size => size > 0);
}

export interface SolvedRows {
  rows: RowsByTable;
  /** Values that every row of a table has to take, by column, for its aggregates. */
  pins: Map<string, Map<number, string>>;
}

/**
 * Rows made from what queries ask of them: some that satisfy everything on
 * the way to the output, and then others that differ from these in one
 * condition at a time.
 *
 * @param queries - trees of the queries that the rows should exercise
 * @param views - trees of what is behind other names, by local name
 */
export async function solveRows(options: {
  queries: TreeNode[];
  views: Map<string, TreeNode>;
  tables: BedTable[];
  database: ProverDatabase;
  random: Random;
  seed: number;
  budget: number;
  ties: Ties;
  /** True for rows that meet as few others as they can. */
  lean?: boolean;
}): Promise<SolvedRows> {
  const { tables, database, random, seed, budget } = options;
  const rows: RowsByTable = new Map();
  const pins: SolvedRows['pins'] = new Map();
  const systems = options.queries.flatMap(query =>
    flattenQuery(query, tables, options.views),
  );
  for (const [index, system] of systems.entries()) {
    const classes = joinClasses(system);
    const components = await truthTable(system, classes, tables, database);
    const { bases, variants, chooser } = chooseVariants(
      system,
      components,
      Math.ceil(budget / systems.length),
    );
    const emitter = new RowEmitter({
      system,
      classes,
      components,
      tables,
      random,
      seed: seed + index * 97,
      ties: options.ties,
      lean: options.lean ?? false,
    });
    emitter.emit(bases, variants, groupSizes(system.thresholds), choice =>
      chooser.all(system.inner, choice),
    );
    for (const [table, found] of emitter.pins()) pins.set(table, found);
    for (const [table, found] of emitter.rows) {
      rows.set(table, [...(rows.get(table) ?? []), ...found]);
    }
  }
  return { rows, pins };
}
