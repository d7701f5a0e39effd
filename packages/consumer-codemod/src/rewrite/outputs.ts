import {
  MAX_USE_OUTPUTS,
  UseOutput,
} from 'backstage-plugin-dataset-migration-common';
import { Demand, Sink } from '../resolve/Demand';

/** Deeper chains of queries are not written by people. */
const MAX_DEPTH = 30;

/** Follows a column through common table expressions to the statement's output. */
export function outputsOf(sink: Sink): UseOutput[] {
  const found = new Map<string, UseOutput>();
  const seen = new Set<Demand>();
  const add = (output: UseOutput) => {
    const key = `${output.as} ${output.name ?? ''}`;
    if (found.size < MAX_USE_OUTPUTS) {
      found.set(key, output);
    }
  };
  followSink(sink, false, 0, add, seen);
  const outputs = [...found.values()];
  const reaching = outputs.filter(({ as }) => as !== 'filter');
  // What reaches the output matters more than what filters on the way.
  return reaching.length > 0 ? reaching : outputs;
}

/** Where a column that a star brings along ends up. */
export function outputsOfColumn(into: Demand, name: string): UseOutput[] {
  return outputsOf({ into, output: name, as: 'unchanged' });
}

function followSink(
  { into, output, as }: Sink,
  computed: boolean,
  depth: number,
  add: (output: UseOutput) => void,
  seen: Set<Demand>,
): void {
  if (as === 'filter' || !into) {
    add({ as: into ? as : 'filter' });
    return;
  }
  followColumn(into, output, computed || as === 'expression', depth, add, seen);
}

function followColumn(
  into: Demand,
  name: string | undefined,
  computed: boolean,
  depth: number,
  add: (output: UseOutput) => void,
  seen: Set<Demand>,
): void {
  if (depth > MAX_DEPTH) {
    return;
  }
  if (into.role === 'output') {
    add({ ...(name && { name }), as: computed ? 'expression' : 'unchanged' });
    return;
  }
  if (into.role === 'nested') {
    add({ as: 'expression' });
    return;
  }
  if (into.outer) {
    followColumn(into.outer, name, computed, depth + 1, add, seen);
    return;
  }
  for (const { sink } of into.names.get(name?.toLowerCase() ?? '') ?? []) {
    followSink(sink ?? { as: 'filter' }, computed, depth + 1, add, seen);
  }
  for (const next of into.passedTo) {
    followColumn(next, name, computed, depth + 1, add, seen);
  }
}
