import { OrderOptions, orderTargets, TargetOrder } from './orderTargets';

export interface RollbackOptions extends OrderOptions {
  /** Ids of what goes back: those of a wave, or of everything; absent is everything. */
  only?: Iterable<string>;
}

/**
 * The order in which targets go back: the reverse of the rollout's, so readers
 * before their producers, and what was rolled out last first. The order is
 * taken over all targets and then cut, so that a producer outside what goes
 * back still carries it through.
 */
export function rollbackOrder(options: RollbackOptions): TargetOrder {
  const { ids, cycles } = orderTargets(options);
  const only = options.only === undefined ? undefined : new Set(options.only);
  return { ids: ids.filter(id => !only || only.has(id)).reverse(), cycles };
}
