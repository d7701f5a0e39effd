import { GeneratedColumn, generateRows } from '../generate/generateRows';
import { Random } from '../generate/Random';
import { ColumnType } from '../types/ColumnType';
import { nestedValue, pathKey } from './nestedValue';
import { groupAt, RowLayout } from './RowLayout';
import { numberedValue, variousValue } from './variousValues';

const KEY_FROM = 400;

/**
 * Which rows may be equal in what queries sort or take them together by: some; none
 * of what they are sorted by; or no two rows at all belong together (`alone`).
 */
export type Ties = 'some' | 'none' | 'alone';

/** Where among its neighbours a row stands. */
export interface RowPosition {
  /** Counts rows, so that free columns differ from row to row. */
  turn: number;
  group: number;
  key: number;
}

/** Gives every column of a row its value: the chosen one, or one that tells rows and columns apart. */
export class CellWriter {
  readonly #layout: RowLayout;
  readonly #random: Random;
  readonly #ties: Ties;

  constructor(layout: RowLayout, random: Random, ties: Ties) {
    this.#layout = layout;
    this.#random = random;
    this.#ties = ties;
  }

  get #alone(): boolean {
    return this.#ties === 'alone';
  }

  /** The value of one column in a row of an instance. */
  cell(
    instance: number,
    column: GeneratedColumn,
    index: number,
    values: Map<number, string>,
    place: RowPosition,
  ): string {
    const parts = new Map<string, string>();
    let whole: string | undefined;
    for (const number of this.#layout.variables[instance][index]) {
      const { path, type } = this.#layout.system.variables[number];
      const own = this.#layout.classOf[number];
      const value =
        values.get(own) ?? this.#free(own, type, column, index, place);
      if (path.length > 0) parts.set(pathKey(path), value);
      else if (type.kind === 'scalar' || values.has(own)) whole = value;
    }
    if (whole !== undefined) return whole;
    return parts.size > 0
      ? nestedValue(column.type, parts, place.turn)
      : this.#various(column, column.type, index, place.turn);
  }

  /** A value for a class that no atom cares about. */
  #free(
    own: number,
    type: ColumnType,
    column: GeneratedColumn,
    index: number,
    place: RowPosition,
  ): string {
    const allowed = this.#layout.allowed.get(own);
    if (this.#layout.shared.has(own)) {
      return allowed
        ? allowed[place.key % allowed.length]
        : numberedValue(type, KEY_FROM + place.key + own * 8);
    }
    if (this.#layout.ordering.has(own) && type.kind === 'scalar' && !allowed) {
      const tied = this.#ties === 'some' && place.group % 2 === 0;
      const number = tied ? place.group : 50 + place.turn;
      // The distance keeps whole days apart where seconds are truncated.
      return numberedValue(type, KEY_FROM + number * 2);
    }
    const level = this.#layout.grouping.get(own);
    if (level === undefined || column.unique || type.kind !== 'scalar') {
      return this.#various(column, type, index, place.turn);
    }
    const group = groupAt(level, place.group);
    if (!column.required && !this.#alone && place.group % 5 === 3)
      return 'NULL';
    return allowed
      ? allowed[group % allowed.length]
      : numberedValue(type, KEY_FROM + 200 + group * 3 + index * 2);
  }

  /** Values that tell a row from its neighbours, and a column from the others. */
  #various(
    column: GeneratedColumn,
    type: ColumnType,
    index: number,
    turn: number,
  ): string {
    if (column.unique) return numberedValue(type, KEY_FROM + 1000 + turn * 2);
    const { allowed, suggested } = column;
    if (!column.required && !this.#alone && (turn + 2 * index) % 9 === 8) {
      return 'NULL';
    }
    if (allowed?.length) return allowed[(turn * 7 + index) % allowed.length];
    if (suggested.length > 0 && turn % 3 > 0) {
      return suggested[(turn * 7 + index) % suggested.length];
    }
    if (type.kind === 'scalar') return variousValue(type, index, turn);
    const [[value]] = generateRows(
      [{ ...column, type, required: true, unique: false }],
      1,
      this.#random,
    );
    return value;
  }
}
