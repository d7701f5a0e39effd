import { LineageEdge } from './RolloutTarget';

/** An edge that closed a cycle and was therefore left out of the order. */
export interface LineageCycle {
  dropped: LineageEdge;
  /** How many nodes the cycle has. */
  length: number;
  /** The cycle from the dropped edge's reader to its producer, at most 20 nodes of it. */
  nodes: string[];
}

/** Enough for a person to find the cycle; a whole fleet's would only be long. */
const NODES_SHOWN = 20;

/**
 * Leaves out the edges that close a cycle in a depth-first walk, which starts
 * at the nodes and follows their readers in the order that is given: each edge
 * that is left out lies on a cycle, the rest has none, and the same graph
 * gives the same answer. Linear; iterative, as chains may be long.
 *
 * @param nodes - every node of the graph, in the order of the walk
 * @param readers - by node, its readers in the order of the walk; dropped edges are removed from it
 */
export function breakCycles(
  nodes: string[],
  readers: Map<string, string[]>,
): LineageCycle[] {
  const cycles: LineageCycle[] = [];
  const done = new Set<string>();
  const depths = new Map<string, number>();
  for (const root of nodes) {
    if (done.has(root)) {
      continue;
    }
    const path: Array<{ node: string; next: number }> = [];
    const enter = (node: string) => {
      depths.set(node, path.length);
      path.push({ node, next: 0 });
    };
    enter(root);
    while (path.length > 0) {
      const step = path[path.length - 1];
      const following = readers.get(step.node) ?? [];
      if (step.next >= following.length) {
        depths.delete(step.node);
        done.add(step.node);
        path.pop();
        continue;
      }
      const reader = following[step.next];
      const depth = depths.get(reader);
      if (depth !== undefined) {
        cycles.push({
          dropped: { producer: step.node, reader },
          length: path.length - depth,
          nodes: path.slice(depth, depth + NODES_SHOWN).map(each => each.node),
        });
        following.splice(step.next, 1);
        continue;
      }
      step.next += 1;
      if (!done.has(reader)) {
        enter(reader);
      }
    }
  }
  return cycles;
}
