import { quoteText } from '../database/names';
import { GeneratedColumn, generateRows } from '../generate/generateRows';
import { Random } from '../generate/Random';
import { freshValue } from '../generate/candidateValues';
import { BedTable } from '../prove/TestBed';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { alike, Choice, Variant } from './chooseVariants';
import { ConditionSystem } from './ConditionSystem';
import { JoinClasses } from './joinClasses';
import { Component } from './truthTable';

/** Rows of SQL literals by local table name. */
export type RowsByTable = Map<string, string[][]>;

const KEYS = 3;
const GROUPS = 2;
const ROWS_PER_GROUP = 3;
const LARGEST_GROUP = 400;
const KEY_FROM = 400;

interface Place {
  choice: Choice;
  /** Counts rows, so that free columns differ from row to row. */
  turn: number;
  group: number;
  key: number;
  /** Only these instances get a row; all of them otherwise. */
  only?: Set<number>;
}

/** Turns chosen values into rows of the input tables. */
export class RowEmitter {
  readonly rows: RowsByTable = new Map();
  readonly #system: ConditionSystem;
  readonly #classes: JoinClasses;
  readonly #components: Component[];
  readonly #tables: Map<string, BedTable>;
  readonly #random: Random;
  readonly #shared = new Set<number>();
  readonly #classColumns = new Map<number, GeneratedColumn[]>();
  readonly #unique: boolean[];
  readonly #seed: number;
  #pinned: Choice = [];

  constructor(options: {
    system: ConditionSystem;
    classes: JoinClasses;
    components: Component[];
    tables: BedTable[];
    random: Random;
    seed: number;
  }) {
    this.#system = options.system;
    this.#classes = options.classes;
    this.#components = options.components;
    this.#tables = new Map(options.tables.map(table => [table.local, table]));
    this.#random = options.random;
    this.#seed = options.seed;
    const { variables, instances } = options.system;
    this.#unique = instances.map(() => false);
    const seen = new Map<number, number>();
    for (const [index, variable] of variables.entries()) {
      const own = options.classes.classOf[index];
      const column = this.#columnsOf(variable.instance)[variable.column];
      if (variable.path.length === 0) {
        this.#classColumns.set(own, [
          ...(this.#classColumns.get(own) ?? []),
          column,
        ]);
        if (column.unique) this.#unique[variable.instance] = true;
      }
      const other = seen.get(own);
      if (other !== undefined && other !== variable.instance) {
        this.#shared.add(own);
      }
      seen.set(own, variable.instance);
    }
  }

  #columnsOf(instance: number): GeneratedColumn[] {
    const table = this.#tables.get(this.#system.instances[instance].table);
    return [...(table?.columns ?? []), ...(table?.hidden ?? [])];
  }

  /** All rows of a system: groups of rows that come out, then one change at a time. */
  emit(bases: Choice[], variants: Variant[], thresholds: number[]): void {
    const { grouping } = this.#system;
    [this.#pinned] = bases;
    let turn = this.#seed;
    for (const base of bases) {
      for (let group = 0; group < GROUPS; group++) {
        for (let index = 0; index < ROWS_PER_GROUP; index++) {
          const choice = this.#spread(base, group, index);
          this.#place({ choice, turn: turn++, group, key: this.#key(turn) });
        }
      }
    }
    const [base] = bases;
    // The same row twice, for DISTINCT to have something to do.
    const twice = { choice: base, turn, group: 0, key: 0 };
    if (!this.#unique.some(Boolean)) {
      this.#place(twice);
      this.#place(twice);
      turn++;
    }
    for (const { choice, changed } of variants) {
      const touched = this.#touched(changed);
      const alone = [...touched].every(instance => !this.#unique[instance]);
      this.#place({
        choice,
        turn: turn++,
        group: turn % GROUPS,
        key: alone ? turn % KEYS : this.#key(turn),
        ...(alone && { only: touched }),
      });
    }
    for (const [index, size] of thresholds.entries()) {
      for (let row = 0; row < Math.min(size, LARGEST_GROUP); row++) {
        this.#place({
          choice: grouping.size > 0 ? this.#spread(base, index, 0) : base,
          turn: turn++,
          group: 10 + index,
          key: this.#unique.some(Boolean) ? turn : index % KEYS,
          ...(row >= KEYS && { only: this.#readers() }),
        });
      }
    }
    // Partners that do not meet, for outer joins and what is absent.
    for (const [instance] of this.#system.instances.entries()) {
      if (this.#system.instances.length < 2) break;
      for (const key of [900, 901]) {
        this.#place({
          choice: base,
          turn: turn++,
          group: key % GROUPS,
          key: key + instance * 2,
          only: new Set([instance]),
        });
      }
    }
  }

  #key(turn: number): number {
    return this.#unique.some(Boolean) ? turn : turn % KEYS;
  }

  /** The instances of the dataset itself, whose rows make groups large. */
  #readers(): Set<number> {
    return new Set(
      this.#system.instances
        .flatMap(({ pinned }, index) =>
          pinned || this.#unique[index] ? [] : [index],
        )
        .slice(0, 1),
    );
  }

  #touched(changed: number | undefined): Set<number> {
    const component =
      changed === undefined ? undefined : this.#components[changed];
    const { variables, instances } = this.#system;
    const found = new Set<number>();
    for (const [index, { instance }] of variables.entries()) {
      const own = this.#classes.classOf[index];
      if (
        !component ||
        component.classes.includes(own) ||
        component.derived.includes(own)
      ) {
        found.add(instance);
      }
    }
    return found.size > 0 ? found : new Set(instances.keys());
  }

  /** The same truth with other values: by group where rows are grouped, else by row. */
  #spread(base: Choice, group: number, row: number): Choice {
    const { grouping, variables, instances } = this.#system;
    return base.map((chosen, index) => {
      const component = this.#components[index];
      const pinned = variables.some(
        ({ instance }, variable) =>
          instances[instance].pinned &&
          component.classes.includes(this.#classes.classOf[variable]),
      );
      if (pinned) return chosen;
      const options = alike(component, chosen);
      const grouped = [...grouping].some(variable =>
        component.classes.includes(this.#classes.classOf[variable]),
      );
      const at = options.indexOf(chosen);
      const step = grouped ? group : row;
      return options[(Math.max(at, 0) + step) % options.length];
    });
  }

  #valuesOf(choice: Choice): Map<number, string> {
    const values = new Map<number, string>();
    for (const [index, component] of this.#components.entries()) {
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
    const values = this.#valuesOf(place.choice);
    const fixed = this.#valuesOf(this.#pinned);
    for (const [
      instance,
      { table, pinned },
    ] of this.#system.instances.entries()) {
      if (place.only && !place.only.has(instance)) continue;
      const columns = this.#columnsOf(instance);
      const row = columns.map((column, index) =>
        this.#cell(instance, column, index, pinned ? fixed : values, place),
      );
      this.rows.set(table, [...(this.rows.get(table) ?? []), row]);
    }
  }

  /** Columns whose values an aggregate in a subquery takes together. */
  pins(): Map<string, Map<number, string>> {
    const fixed = this.#valuesOf(this.#pinned);
    const pins = new Map<string, Map<number, string>>();
    for (const [
      number,
      { instance, column, path },
    ] of this.#system.variables.entries()) {
      const { table, pinned } = this.#system.instances[instance];
      const value = fixed.get(this.#classes.classOf[number]);
      const elsewhere = this.#system.instances.some(
        item => item.table === table && !item.pinned,
      );
      if (!pinned || elsewhere || path.length > 0 || value === undefined)
        continue;
      pins.set(table, (pins.get(table) ?? new Map()).set(column, value));
    }
    return pins;
  }

  #cell(
    instance: number,
    column: GeneratedColumn,
    index: number,
    values: Map<number, string>,
    place: Place,
  ): string {
    const { variables, grouping } = this.#system;
    const parts = new Map<string, string>();
    for (const [number, variable] of variables.entries()) {
      if (variable.instance !== instance || variable.column !== index) continue;
      const own = this.#classes.classOf[number];
      const grouped = [...grouping].some(
        item => this.#classes.classOf[item] === own,
      );
      const value =
        values.get(own) ??
        this.#free(own, variable.type, column, index, place, grouped);
      if (variable.path.length === 0 && values.has(own)) return value;
      if (variable.path.length === 0 && variable.type.kind === 'scalar') {
        return value;
      }
      if (variable.path.length > 0)
        parts.set(variable.path.join('\u0000'), value);
    }
    if (parts.size > 0) return this.#nested(column.type, '', parts, place.turn);
    return this.#various(column, column.type, index, place.turn);
  }

  /** A value for a class that no atom cares about. */
  #free(
    own: number,
    type: ColumnType,
    column: GeneratedColumn,
    index: number,
    place: Place,
    grouped: boolean,
  ): string {
    const columns = this.#classColumns.get(own) ?? [];
    const allowed = columns.find(item => item.allowed)?.allowed;
    if (this.#shared.has(own)) {
      if (allowed) return allowed[place.key % allowed.length];
      return numbered(type, KEY_FROM + place.key + own * 7);
    }
    if (column.unique) return this.#various(column, type, index, place.turn);
    if (grouped) {
      if (column.allowed)
        return column.allowed[place.group % column.allowed.length];
      return numbered(type, KEY_FROM + 200 + place.group * 3 + index);
    }
    return this.#various(column, type, index, place.turn);
  }

  /** Values that tell a row from its neighbours, and a column from the others. */
  #various(
    column: GeneratedColumn,
    type: ColumnType,
    index: number,
    turn: number,
  ): string {
    if (column.unique) return numbered(type, KEY_FROM + 1000 + turn);
    const fixed = column.required;
    if (!fixed && (turn + 2 * index) % 9 === 8) return 'NULL';
    const { allowed } = column;
    if (allowed?.length) return allowed[(turn * 7 + index) % allowed.length];
    if (type.kind === 'scalar') return various(type, index, turn);
    const [[value]] = generateRows(
      [{ ...column, type, required: true, unique: false }],
      1,
      this.#random,
    );
    return value;
  }

  #nested(
    type: ColumnType,
    path: string,
    parts: Map<string, string>,
    turn: number,
  ): string {
    const exact = parts.get(path);
    const inside = [...parts.keys()].some(
      key => key !== path && (path === '' || key.startsWith(`${path}\u0000`)),
    );
    if (!inside) {
      if (exact !== undefined) return exact;
      return type.kind === 'scalar'
        ? various(type, path.length, turn)
        : `CAST(NULL AS ${columnTypeSql(type)})`;
    }
    const below = (name: string) =>
      path === '' ? name : `${path}\u0000${name}`;
    if (type.kind === 'array') {
      const item = this.#nested(type.item, below('[]'), parts, turn);
      return turn % 3 === 0 ? `[${item}]` : `[${item}, ${item}]`;
    }
    if (type.kind === 'struct') {
      const fields = type.fields.map(
        field =>
          `${quoteText(field.name)}: ${this.#nested(
            field.type,
            below(field.name),
            parts,
            turn,
          )}`,
      );
      return `{${fields.join(', ')}}`;
    }
    return exact ?? 'NULL';
  }
}

/** The n-th of many different values; text and numbers differ also when compared without case. */
function numbered(type: ColumnType, number: number): string {
  if (type.kind !== 'scalar') return 'NULL';
  if (type.name === 'BOOLEAN') return number % 2 === 0 ? 'TRUE' : 'FALSE';
  return freshValue(type, number);
}

/** A value that depends on both column and row, so that no two columns look the same. */
function various(type: ColumnType, index: number, turn: number): string {
  if (type.kind !== 'scalar') return 'NULL';
  switch (type.name) {
    case 'BOOLEAN':
      // Another rhythm for every column.
      return ((turn >> index % 3) + (index >> 2)) % 2 === 0 ? 'TRUE' : 'FALSE';
    case 'VARCHAR':
      return quoteText(`k${index}${'abcdefgh'[turn % 8]}${turn}`);
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL(38, 9)': {
      const value = 20 + index * 11 + (turn % 50) * 3;
      const sign = turn % 7 === 5 ? '-' : '';
      return `${sign}${value}${type.name === 'BIGINT' ? '' : '.375'}`;
    }
    default:
      return freshValue(type, 3 + index * 5 + (turn % 60) * 2);
  }
}
