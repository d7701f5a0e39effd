import { breakCycles, LineageCycle } from './breakCycles';
import { compareIds } from './compareIds';
import { LeastFirst } from './LeastFirst';
import { RolloutOrderKey } from '../plan/MigrationPlan';
import { CRITICALITIES, LineageEdge, RolloutTarget } from './RolloutTarget';

export interface OrderOptions {
  targets: RolloutTarget[];
  lineage?: LineageEdge[];
  /** `rollout.order` of the plan; `[criticality, lineage]` where absent. */
  order?: readonly RolloutOrderKey[];
}

export interface TargetOrder {
  /** Every target's id once, first to roll out first. */
  ids: string[];
  /** Edges that could not be kept, for people to see; empty without `lineage` in the order. */
  cycles: LineageCycle[];
}

interface Node {
  id: string;
  /** Less goes first. */
  rank: number;
  /** Longest way from a node that reads no other. */
  depth: number;
  /** Producers that are not placed yet. */
  waitsFor: number;
}

/**
 * The order in which targets roll out, by `rollout.order` of the plan:
 *
 * - `[criticality, lineage]` (the default): least critical first, but none before
 *   its producers;
 * - `[lineage, criticality]`: those that read no other target first, then their
 *   readers; among equals the least critical;
 * - one key alone leaves the other out; what is equal goes by id.
 *
 * Does not depend on the order of its input. Of ids that occur twice the first counts.
 */
export function orderTargets(options: OrderOptions): TargetOrder {
  const order = options.order ?? ['criticality', 'lineage'];
  const nodes = new Map<string, Node>();
  for (const target of options.targets) {
    if (!nodes.has(target.id)) {
      const rank = order.includes('criticality') ? rankOf(target) : 0;
      nodes.set(target.id, { id: target.id, rank, depth: 0, waitsFor: 0 });
    }
  }
  const targets = new Set(nodes.keys());
  const edges = order.includes('lineage') ? options.lineage ?? [] : [];
  for (const end of edges.flatMap(edge => [edge.producer, edge.reader])) {
    // No target: it only carries the order, so it never waits for its turn.
    if (!nodes.has(end)) {
      nodes.set(end, { id: end, rank: -1, depth: 0, waitsFor: 0 });
    }
  }
  const byRank = (a: Node, b: Node) =>
    a.rank - b.rank || compareIds(a.id, b.id);
  const sorted = [...nodes.values()].sort(byRank).map(node => node.id);
  const readers = readersOf(edges, sorted);
  const cycles = breakCycles(sorted, readers);
  const placed = place(
    nodes,
    readers,
    order[0] === 'lineage'
      ? (a, b) => a.depth - b.depth || byRank(a, b)
      : byRank,
  );
  return { ids: placed.filter(id => targets.has(id)), cycles };
}

function rankOf(target: RolloutTarget): number {
  return CRITICALITIES.indexOf(target.criticality ?? 'medium');
}

/** By producer, its readers once each, in the order of `sorted`. */
function readersOf(
  edges: LineageEdge[],
  sorted: string[],
): Map<string, string[]> {
  const places = new Map(sorted.map((id, index) => [id, index]));
  const sets = new Map<string, Set<string>>();
  for (const { producer, reader } of edges) {
    // Whoever reads its own output has no order with itself.
    if (producer !== reader) {
      const set = sets.get(producer) ?? new Set<string>();
      sets.set(producer, set.add(reader));
    }
  }
  const placeOf = (id: string) => places.get(id) ?? 0;
  return new Map(
    [...sets].map(([producer, set]) => [
      producer,
      [...set].sort((a, b) => placeOf(a) - placeOf(b)),
    ]),
  );
}

/** Kahn's algorithm: of the nodes whose producers are all placed, the least. */
function place(
  nodes: Map<string, Node>,
  readers: Map<string, string[]>,
  compare: (a: Node, b: Node) => number,
): string[] {
  const follow = (node: Node) =>
    (readers.get(node.id) ?? []).flatMap(id => nodes.get(id) ?? []);
  for (const node of nodes.values()) {
    for (const reader of follow(node)) {
      reader.waitsFor += 1;
    }
  }
  const ready = new LeastFirst(compare);
  for (const node of nodes.values()) {
    if (node.waitsFor === 0) {
      ready.add(node);
    }
  }
  const placed: string[] = [];
  for (let node = ready.take(); node; node = ready.take()) {
    placed.push(node.id);
    for (const reader of follow(node)) {
      reader.depth = Math.max(reader.depth, node.depth + 1);
      reader.waitsFor -= 1;
      if (reader.waitsFor === 0) {
        ready.add(reader);
      }
    }
  }
  return placed;
}
