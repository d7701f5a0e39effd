import { alike, Choice } from './chooseVariants';
import { compareLiterals } from './compareLiterals';
import { Component } from './components';
import { RowLayout } from './RowLayout';

/** Which values scalar subqueries take: those at an end of all that they see. */
export class SubqueryEnds {
  readonly #layout: RowLayout;
  readonly #components: Component[];

  constructor(layout: RowLayout, components: Component[]) {
    this.#layout = layout;
    this.#components = components;
  }

  /** True where a subquery reads one of a component's values. */
  isPinned(component: Component): boolean {
    const { system, classOf } = this.#layout;
    return system.variables.some(
      ({ instance }, index) =>
        this.#layout.instances[instance].pinned &&
        component.classes.includes(classOf[index]),
    );
  }

  /** The largest and the smallest values of the classes that subqueries take together. */
  extremes(): [high: Map<number, string>, low: Map<number, string>] {
    const { system, classOf } = this.#layout;
    const components = this.#components;
    const high = new Map<number, string>();
    const low = new Map<number, string>();
    for (const [index, { instance, type }] of system.variables.entries()) {
      const own = classOf[index];
      const component = components.find(item => item.classes.includes(own));
      // Only what a comparison with another table hangs on.
      if (!this.#layout.instances[instance].pinned || !component) continue;
      if (component.classes.length < 2) continue;
      const position = component.classes.indexOf(own);
      const values = component.combinations
        .map(item => item.values[position])
        .filter(value => value !== 'NULL')
        .sort((a, b) => compareLiterals(a, b, type));
      if (values.length === 0) continue;
      low.set(own, values[0]);
      high.set(own, values[values.length - 1]);
    }
    return [high, low];
  }

  /** The same truth, with what subqueries take at the end of its values where they take it. */
  atTheEnd(base: Choice): Choice {
    const { system, classOf } = this.#layout;
    const components = this.#components;
    return base.map((chosen, index) => {
      const component = components[index];
      const variable = system.variables.findIndex(
        ({ instance }, own) =>
          this.#layout.instances[instance].pinned !== undefined &&
          component.classes.includes(classOf[own]),
      );
      if (variable < 0) return chosen;
      const { instance, type } = system.variables[variable];
      const position = component.classes.indexOf(classOf[variable]);
      const sorted = alike(component, chosen).sort((a, b) =>
        compareLiterals(
          component.combinations[a].values[position],
          component.combinations[b].values[position],
          type,
        ),
      );
      const end = this.#layout.instances[instance].pinned;
      if (end === 'high') return sorted[sorted.length - 1];
      return end === 'low' ? sorted[0] : chosen;
    });
  }
}
