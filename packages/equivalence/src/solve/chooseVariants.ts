import {
  alternativesIn,
  atomsOf,
  Condition,
  evaluate,
  Truth,
} from './Condition';
import { ConditionSystem } from './ConditionSystem';
import { Combination, Component } from './components';

/** The combination taken from each component, by index. */
export type Choice = number[];

/** A choice of values, and which component makes it differ from its base. */
export interface Variant {
  choice: Choice;
  changed?: number;
}

const MAX_BASES = 8;
const MAX_TELLING = 4;

/** Reads and changes truth across the components of a system. */
export class Chooser {
  readonly #components: Component[];
  readonly #required: Condition[];
  readonly #place = new Map<number, [component: number, position: number]>();

  constructor(components: Component[], required: Condition[]) {
    this.#components = components;
    this.#required = required;
    for (const [index, component] of components.entries()) {
      for (const [position, atom] of component.atoms.entries()) {
        this.#place.set(atom, [index, position]);
      }
    }
  }

  truth(choice: Choice, atom: number): Truth {
    const place = this.#place.get(atom);
    // Atoms outside of all components hold by construction, or by chance.
    if (!place) return true;
    const [component, position] = place;
    return this.#components[component].combinations[choice[component]].truth[
      position
    ];
  }

  holds(choice: Choice): boolean {
    return this.#failing(choice).length === 0;
  }

  /** Whether all of some conditions hold under a choice. */
  all(conditions: Condition[], choice: Choice): boolean {
    return conditions.every(
      condition =>
        evaluate(condition, atom => this.truth(choice, atom)) === true,
    );
  }

  #failing(choice: Choice): Condition[] {
    return this.#required.filter(
      condition =>
        evaluate(condition, atom => this.truth(choice, atom)) !== true,
    );
  }

  /** How far a choice is from one that satisfies everything that is wanted. */
  #cost(choice: Choice, wishes: Map<number, Truth>): number {
    let cost = this.#failing(choice).length * 10;
    for (const [atom, wish] of wishes) {
      if (this.truth(choice, atom) !== wish) cost += 7;
    }
    return cost;
  }

  /** Indices of combinations that differ in what they make true. */
  #kinds(component: Component): number[] {
    const seen = new Map<string, number>();
    for (const [index, { truth }] of component.combinations.entries()) {
      const key = truth.map(item => String(item)).join();
      if (!seen.has(key)) seen.set(key, index);
    }
    return [...seen.values()];
  }

  /**
   * A choice under which the required conditions hold and the wishes come
   * true, by repairing one component at a time, then two.
   */
  find(start: Choice, wishes: Map<number, Truth>): Choice {
    let best = start;
    let cost = this.#cost(best, wishes);
    const kinds = this.#components.map(item => this.#kinds(item));
    for (let round = 0; round < 6 && cost > 0; round++) {
      const before = cost;
      for (const [index, options] of kinds.entries()) {
        for (const option of options) {
          const next = best.with(index, option);
          const nextCost = this.#cost(next, wishes);
          if (nextCost < cost) [best, cost] = [next, nextCost];
        }
      }
      if (cost === before) break;
    }
    if (cost === 0 || kinds.length > 12) return best;
    for (const [one, left] of kinds.entries()) {
      for (const [other, right] of kinds.entries()) {
        if (other <= one) continue;
        for (const a of left.slice(0, 12)) {
          for (const b of right.slice(0, 12)) {
            const next = best.with(one, a).with(other, b);
            const nextCost = this.#cost(next, wishes);
            if (nextCost < cost) [best, cost] = [next, nextCost];
            if (cost === 0) return best;
          }
        }
      }
    }
    return best;
  }

  /** Where to begin: for each component what most of its own conditions like. */
  start(): Choice {
    return this.#components.map(component => {
      let best = 0;
      let bestScore = -1;
      for (const [
        index,
        { truth, values },
      ] of component.combinations.entries()) {
        const score =
          truth.filter(item => item === true).length * 4 -
          values.filter(item => item === 'NULL').length;
        if (score > bestScore) [best, bestScore] = [index, score];
      }
      return best;
    });
  }
}

/** Other combinations of the same component that make the same atoms true. */
export function alike(component: Component, chosen: number): number[] {
  const key = component.combinations[chosen].truth.join();
  const found: number[] = [];
  for (const [index, { truth, values }] of component.combinations.entries()) {
    if (truth.join() === key && !values.includes('NULL')) found.push(index);
  }
  return found.length > 0 ? found : [chosen];
}

/** Combinations that together show every kind of truth and every value, at most `limit`. */
function sweep(component: Component, limit: number): number[] {
  const byKind = new Map<string, number[]>();
  for (const [index, { kind }] of component.combinations.entries()) {
    const found = byKind.get(kind) ?? [];
    found.push(index);
    byKind.set(kind, found);
  }
  const chosen = new Set<number>();
  const shown = new Set<string>();
  const show = (index: number) => {
    chosen.add(index);
    component.combinations[index].values.forEach((value, position) =>
      shown.add(`${position} ${value}`),
    );
  };
  for (const [first] of byKind.values()) {
    if (chosen.size < limit) show(first);
  }
  const fresh = ({ values }: Combination) =>
    values.some((value, position) => !shown.has(`${position} ${value}`));
  // In turns, so that no kind of truth takes all of the places.
  const queues = [...byKind.values()];
  for (let round = 1; chosen.size < limit; round++) {
    const items = queues.flatMap(queue => queue.slice(round, round + 1));
    if (items.length === 0) break;
    for (const index of items) {
      if (chosen.size < limit && fresh(component.combinations[index])) {
        show(index);
      }
    }
  }
  return [...chosen];
}

/** Bases, under which rows come out, and one change at a time from each of them. */
export function chooseVariants(
  system: ConditionSystem,
  components: Component[],
  budget: number,
): { bases: Choice[]; variants: Variant[]; chooser: Chooser } {
  const chooser = new Chooser(components, system.required);
  const base = chooser.find(chooser.start(), new Map());
  const bases = [base];
  const seen = new Set([base.join()]);
  const addBase = (choice: Choice) => {
    if (bases.length >= MAX_BASES || seen.has(choice.join())) return;
    if (!chooser.holds(choice) && chooser.holds(base)) return;
    seen.add(choice.join());
    bases.push(choice);
  };
  for (const condition of [...system.required, ...system.optional]) {
    for (const { atom, others } of alternativesIn(condition)) {
      const wishes = new Map<number, Truth>([[atom, true]]);
      for (const other of others) wishes.set(other, false);
      addBase(chooser.find(base, wishes));
    }
  }
  // Both sides of what is only tried, with everything else in place.
  for (const atom of new Set(system.optional.flatMap(atomsOf))) {
    for (const wish of [true, false]) {
      if (bases.some(choice => chooser.truth(choice, atom) === wish)) continue;
      addBase(chooser.find(base, new Map([[atom, wish]])));
    }
  }
  const variants: Variant[] = [];
  const each = Math.max(6, Math.floor(budget / Math.max(1, components.length)));
  for (const [index, component] of components.entries()) {
    const options = sweep(component, each);
    // Only from a base in which this component makes a difference.
    const telling = bases.filter(from =>
      options.some(
        option =>
          chooser.holds(from.with(index, option)) !== chooser.holds(from),
      ),
    );
    const froms = telling.length > 0 ? telling.slice(0, MAX_TELLING) : [base];
    for (const from of froms) {
      for (const option of options) {
        variants.push({ choice: from.with(index, option), changed: index });
      }
    }
  }
  return { bases, variants, chooser };
}
