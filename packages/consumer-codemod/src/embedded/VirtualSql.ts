import { Place } from 'backstage-plugin-dataset-migration-common';
import { placeAt } from '../text/placeAt';
import { EmbeddedHole, EmbeddedSql, HostLiteral } from './EmbeddedSql';

/** Where one UTF-16 unit of the virtual text stands in the file. */
interface Unit {
  start: number;
  end: number;
  literal?: HostLiteral;
  hole?: number;
  /** One of several units that a single escape or hole makes. */
  part: boolean;
}

const MARK = /\{\{ (?:hole|new)_(\d+) \}\}/g;

/**
 * The SQL that a host's strings hold, as a text of its own. Holes are written as
 * Jinja expressions, because that is what they are to the engine: something whose
 * output is not known. Each unit remembers where it stands in the file.
 */
export class VirtualSql {
  readonly text: string;
  readonly holes: EmbeddedHole[] = [];
  /** Made when they are asked for: most strings of a file are only looked at. */
  #units: Unit[] | undefined;

  /** `rewrite` may change the text, but not its length. */
  constructor(
    readonly sql: EmbeddedSql,
    readonly file: string,
    rewrite: (text: string) => string = same => same,
  ) {
    const pieces: string[] = [];
    for (const part of sql.parts) {
      if (part.kind === 'hole') {
        pieces.push(holeMark(this.holes.length));
        this.holes.push(part);
      } else {
        pieces.push(part.text);
      }
    }
    this.text = rewrite(pieces.join(''));
  }

  /** False if the text itself has what looks like the mark of a hole. */
  get isSound(): boolean {
    return [...this.text.matchAll(MARK)].length === this.holes.length;
  }

  /** The text with each hole as the file has it, to compare two readings of a file. */
  static print(text: string, holes: readonly EmbeddedHole[], file: string) {
    return text.replace(MARK, (all, index: string) => {
      const hole = holes[Number(index)];
      return hole ? `\u0000${file.slice(hole.start, hole.end)}\u0000` : all;
    });
  }

  unit(offset: number): Unit | undefined {
    this.#units = this.#units ?? unitsOf(this.sql);
    return this.#units[offset];
  }

  get length(): number {
    return this.text.length;
  }

  holeSource(index: number): string {
    const hole = this.holes[index];
    return hole ? this.file.slice(hole.start, hole.end) : '';
  }

  /** The value of a text with all holes filled in, as far as the file proves them. */
  fill(text: string): string | undefined {
    let known = true;
    const filled = text.replace(MARK, (all, index: string) => {
      const value = this.holes[Number(index)]?.value;
      known = known && value !== undefined;
      return value ?? all;
    });
    return known ? filled : undefined;
  }

  /** A place in the virtual text as a place in the file. */
  toFile(path: string, place: Place): Place {
    const start = offsetOf(this.text, place.line, place.column);
    const end = offsetOf(
      this.text,
      place.endLine ?? place.line,
      place.endColumn ?? place.column,
    );
    const from = this.unit(start)?.start ?? this.sql.end;
    const to = end > start ? this.unit(end - 1)?.end ?? from : from;
    return placeAt(path, this.file, from, Math.max(from, to));
  }
}

function unitsOf(sql: EmbeddedSql): Unit[] {
  const units: Unit[] = [];
  let holes = 0;
  for (const part of sql.parts) {
    const hole = part.kind === 'hole' ? holes++ : undefined;
    const piece = part.kind === 'hole' ? holeMark(hole ?? 0) : part.text;
    const plain =
      part.kind === 'text' && piece.length === part.end - part.start;
    for (let i = 0; i < piece.length; i++) {
      units.push({
        start: plain ? part.start + i : part.start,
        end: plain ? part.start + i + 1 : part.end,
        part: !plain && piece.length > 1,
        ...(part.literal && { literal: part.literal }),
        ...(hole !== undefined && { hole }),
      });
    }
  }
  return units;
}

export function holeMark(index: number): string {
  return `{{ hole_${index} }}`;
}

/** A hole that prints the new table from now on. */
export function changedMark(index: number): string {
  return `{{ new_${index} }}`;
}

/** Reads a text as units, each mark as one. */
export function splitMarks(text: string): string[] {
  const units: string[] = [];
  let position = 0;
  for (const found of text.matchAll(MARK)) {
    units.push(...text.slice(position, found.index).split(''));
    units.push(holeMark(Number(found[1])));
    position = found.index + found[0].length;
  }
  units.push(...text.slice(position).split(''));
  return units;
}

/** The hole that a unit of `splitMarks` stands for. */
export function markedHole(unit: string): number | undefined {
  const found = unit.match(/^\{\{ hole_(\d+) \}\}$/);
  return found ? Number(found[1]) : undefined;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    start = text.indexOf('\n', start) + 1;
  }
  return start + column - 1;
}
