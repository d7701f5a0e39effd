import { Random } from '../generate/Random';
import { BedTable } from '../prove/TestBed';
import { alike, Choice, Variant } from './chooseVariants';
import { ConditionSystem, Instance } from './ConditionSystem';
import { JoinClasses } from './joinClasses';
import { Component } from './components';
import { CellWriter, RowPosition, Ties } from './CellWriter';
import { keysFor } from './keysFor';
import { groupAt, RowLayout } from './RowLayout';
import { SubqueryEnds } from './SubqueryEnds';
import { farValue, numberedValue } from './variousValues';

/** Rows of SQL literals by local table name. */
export type RowsByTable = Map<string, string[][]>;

const GROUPS = 2;
const ROWS_PER_GROUP = 3;
/** Rows of each choice that stand alone, and their first group: above those of groups of groups. */
const ALONE = 3;
const FIRST_ALONE = 10;
const LARGEST_GROUP = 400;
/** Rows of a large group that come with partners of their own. */
const SEEN_WITH_PARTNERS = 3;
/** Keys of rows that meet nothing. */
const LONELY_KEYS = [900, 901];
/** From so many values on, the last ones are hardly ever taken. */
const MANY = 6;

interface Place extends RowPosition {
  choice: Choice;
  /** Only these instances get a row; all of them otherwise. */
  only?: Set<number>;
  /** Values in place of those of the choice, by class. */
  instead?: Map<number, string>;
}

interface RowEmitterOptions {
  system: ConditionSystem;
  classes: JoinClasses;
  components: Component[];
  tables: BedTable[];
  random: Random;
  seed: number;
  ties: Ties;
  /** True for rows that meet as few others as they can. */
  lean: boolean;
}

/** Turns chosen values into rows of the input tables. */
export class RowEmitter {
  readonly rows: RowsByTable = new Map();
  readonly #options: RowEmitterOptions;
  readonly #layout: RowLayout;
  readonly #cells: CellWriter;
  readonly #ends: SubqueryEnds;
  #turn: number;
  /** How many keys the rows share. */
  #keys = 1;
  #fixed = new Map<number, string>();
  #high = new Map<number, string>();
  #low = new Map<number, string>();

  constructor(options: RowEmitterOptions) {
    this.#options = options;
    // Values are counted from here: a date that many days away has to exist.
    this.#turn = Math.abs(options.seed) % 997;
    const { system, classes, tables, random, ties } = options;
    this.#layout = new RowLayout(system, classes, tables);
    this.#ends = new SubqueryEnds(this.#layout, options.components);
    this.#cells = new CellWriter(this.#layout, random, ties);
  }

  /**
   * All rows of a system: groups of rows that come out, then one change at a time.
   *
   * @param isSeen - whether scalar subqueries see the rows of a choice
   */
  emit(
    bases: Choice[],
    variants: Variant[],
    sizes: number[],
    isSeen: (choice: Choice) => boolean,
  ): void {
    const base = this.#ends.atTheEnd(bases[0]);
    this.#fixed = this.#valuesOf(base);
    [this.#high, this.#low] = this.#ends.extremes();
    if (this.#options.ties === 'alone') {
      this.#emitAlone([...bases, ...variants.map(({ choice }) => choice)]);
      this.#emitLonely(base);
      return;
    }
    this.#keys = keysFor({
      rows:
        bases.length * GROUPS * ROWS_PER_GROUP +
        variants.length +
        sizes.reduce((sum, size) => sum + size, 0),
      instances: this.#layout.instances.length,
      lean: this.#options.lean,
    });
    for (const from of bases) {
      this.#emitGroups(this.#ends.atTheEnd(from), from === bases[0]);
    }
    const twice = { choice: base, turn: this.#turn++, group: 0, key: 0 };
    const unique = this.#layout.columns.flat().some(column => column.unique);
    if (!unique && this.#options.ties === 'some') {
      // The same row twice, for DISTINCT to have something to do.
      this.#place(twice);
      this.#place(
        this.#options.lean ? { ...twice, only: this.#readers() } : twice,
      );
    }
    for (const variant of variants) this.#emitVariant(variant, isSeen);
    for (const [index, size] of sizes.entries()) {
      this.#emitLargeGroup(base, 10 + index, size);
    }
    this.#emitLonely(base);
  }

  /** Columns whose values an aggregate in a subquery takes together. */
  pins(): Map<string, Map<number, string>> {
    const pins = new Map<string, Map<number, string>>();
    const { system, classes } = this.#options;
    for (const [index, variable] of system.variables.entries()) {
      const { table, pinned } = this.#layout.instances[variable.instance];
      const value = this.#fixed.get(classes.classOf[index]);
      if (!pinned || value === undefined) continue;
      if (variable.path.length > 0) continue;
      pins.set(
        table,
        (pins.get(table) ?? new Map()).set(variable.column, value),
      );
    }
    return pins;
  }

  /** Rows that share nothing with each other but what conditions ask for. */
  #emitAlone(choices: Choice[]): void {
    for (const from of choices) {
      for (let index = 0; index < ALONE; index++) {
        const turn = this.#turn++;
        const group = FIRST_ALONE + turn;
        const choice = this.#spread(from, group, index);
        this.#place({ choice, turn, group, key: turn });
      }
    }
  }

  #emitGroups(base: Choice, isFirst: boolean): void {
    // Groups of groups, for what is aggregated twice.
    const groups = isFirst ? GROUPS * 2 : GROUPS;
    for (let group = 0; group < groups; group++) {
      for (let index = 0; index < ROWS_PER_GROUP; index++) {
        const turn = this.#turn++;
        const choice = this.#spread(base, group, index);
        this.#place({ choice, turn, group, key: this.#key(turn) });
      }
    }
  }

  #emitVariant(
    { choice, changed }: Variant,
    isSeen: (choice: Choice) => boolean,
  ): void {
    const turn = this.#turn++;
    const touched = this.#touched(changed);
    const alone = [...touched].every(
      item => !this.#layout.uniqueKeys.has(item),
    );
    const place: Place = {
      choice,
      turn,
      group: turn % GROUPS,
      key: alone ? turn % this.#keys : this.#key(turn),
      ...(alone && { only: touched }),
    };
    const pinned = [...touched].filter(
      item => this.#layout.instances[item].pinned,
    );
    if (pinned.length === 0 || isSeen(choice)) {
      this.#place(place);
      return;
    }
    // What a subquery's aggregate must not see would change it.
    for (const high of [true, true, true, false]) {
      const instead = new Map(
        [...this.#high.keys()].map(own => [
          own,
          farValue(this.#options.system.variables[own].type, high),
        ]),
      );
      this.#place({
        ...place,
        turn: this.#turn++,
        only: new Set(pinned),
        instead,
      });
    }
    const others = [...touched].filter(item => !pinned.includes(item));
    if (others.length > 0) this.#place({ ...place, only: new Set(others) });
  }

  #emitLargeGroup(base: Choice, group: number, size: number): void {
    const alone = this.#layout.uniqueKeys.size === 0;
    for (let row = 0; row < Math.min(size, LARGEST_GROUP); row++) {
      const turn = this.#turn++;
      this.#place({
        choice:
          this.#layout.grouping.size > 0 ? this.#spread(base, group, 0) : base,
        turn,
        group,
        key: alone ? group % this.#keys : turn,
        ...(alone && row >= SEEN_WITH_PARTNERS && { only: this.#readers() }),
      });
    }
  }

  /** Partners that do not meet, for outer joins and what is absent. */
  #emitLonely(base: Choice): void {
    if (this.#layout.instances.length < 2) return;
    for (const instance of this.#layout.instances.keys()) {
      for (const key of LONELY_KEYS) {
        this.#place({
          choice: base,
          turn: this.#turn++,
          group: key % GROUPS,
          key: key + instance * LONELY_KEYS.length,
          only: new Set([instance]),
          instead: this.#apart(base, instance, key),
        });
      }
    }
  }

  /** What follows from other values meets nothing at the far ends. */
  #apart(base: Choice, instance: number, key: number): Map<number, string> {
    const { components, system } = this.#options;
    const apart = new Map<number, string>();
    for (const [index, component] of components.entries()) {
      if (component.derived.length === 0) {
        const own = component.classes.find(item =>
          this.#layout.shared.has(item),
        );
        if (own === undefined || this.#layout.allowed.has(own)) continue;
        const { type } = system.variables[own];
        const options = alike(component, base[index]);
        const free = component.combinations[options.at(-1 - instance) ?? 0];
        // A key that conditions leave free can be anything.
        apart.set(
          own,
          options.length > MANY
            ? free.values[component.classes.indexOf(own)]
            : numberedValue(type, key + instance * LONELY_KEYS.length),
        );
        continue;
      }
      if (component.atoms.length === 0) {
        for (const own of component.classes) {
          const { type } = system.variables[own];
          if (type.kind === 'scalar') apart.set(own, farValue(type, true));
        }
      } else {
        const other = alike(component, base[index]).at(-1) ?? base[index];
        component.classes.forEach((own, position) =>
          apart.set(own, component.combinations[other].values[position]),
        );
      }
      for (const own of component.derived) {
        apart.set(own, farValue(system.variables[own].type, false));
      }
    }
    return apart;
  }

  #key(turn: number): number {
    return this.#layout.uniqueKeys.size > 0 ? turn : turn % this.#keys;
  }

  /** The instance whose rows make groups large. */
  #readers(): Set<number> {
    const { variables, grouping } = this.#options.system;
    const grouped = [...grouping].map(item => variables[item].instance);
    const found = [...this.#layout.instances.keys()].filter(
      index => !this.#layout.instances[index].pinned,
    );
    const first = found.find(index => grouped.includes(index)) ?? found[0];
    return new Set(first === undefined ? [] : [first]);
  }

  #touched(changed: number | undefined): Set<number> {
    const { components, system, classes } = this.#options;
    const component = changed === undefined ? undefined : components[changed];
    const found = new Set<number>();
    for (const [index, { instance }] of system.variables.entries()) {
      const own = classes.classOf[index];
      const takesPart =
        !component ||
        component.classes.includes(own) ||
        component.derived.includes(own);
      if (takesPart) found.add(instance);
    }
    return found.size > 0 ? found : new Set(this.#layout.instances.keys());
  }

  /** The same truth with other values: by group where rows are grouped, else by row. */
  #spread(base: Choice, group: number, row: number): Choice {
    return base.map((chosen, index) => {
      const component = this.#options.components[index];
      if (this.#ends.isPinned(component)) return chosen;
      const options = alike(component, chosen);
      const levels = component.classes.flatMap(
        own => this.#layout.grouping.get(own) ?? [],
      );
      const sorted = component.classes.some(own =>
        this.#layout.ordering.has(own),
      );
      // Every second group has ties.
      const tied = sorted && this.#options.ties === 'some' && group % 2 === 0;
      const own = tied ? 0 : row;
      const step = levels.length > 0 ? groupAt(levels[0], group) : own;
      return options[
        (Math.max(options.indexOf(chosen), 0) + step) % options.length
      ];
    });
  }

  #valuesOf(choice: Choice): Map<number, string> {
    const values = new Map<number, string>();
    for (const [index, component] of this.#options.components.entries()) {
      const combination = component.combinations[choice[index]];
      component.classes.forEach((own, position) =>
        values.set(own, combination.values[position]),
      );
      component.derived.forEach((own, position) =>
        values.set(own, combination.derived[position]),
      );
    }
    return values;
  }

  #place(place: Place): void {
    const chosen = this.#valuesOf(place.choice);
    for (const [
      instance,
      { table, pinned },
    ] of this.#layout.instances.entries()) {
      if (place.only && !place.only.has(instance)) continue;
      const values = new Map([
        ...chosen,
        ...(pinned && !place.instead ? this.#pinnedValues(pinned, place) : []),
        ...(place.instead ?? []),
      ]);
      const row = this.#layout.columns[instance].map((column, index) =>
        this.#cells.cell(instance, column, index, values, place),
      );
      const rows = this.rows.get(table) ?? [];
      rows.push(row);
      this.rows.set(table, rows);
    }
  }

  /** One row at the end that counts, and others on its far side. */
  #pinnedValues(end: Instance['pinned'], { turn }: Place): Map<number, string> {
    if (end === 'any' || turn % 2 === 0) return this.#fixed;
    return new Map([
      ...this.#fixed,
      ...(end === 'high' ? this.#low : this.#high),
    ]);
  }
}
