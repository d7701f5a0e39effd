import { quoteText } from '../database/names';
import { ColumnType } from '../types/ColumnType';
import { candidateValues, freshValue } from './candidateValues';
import { Random } from './Random';

/** A column to fill. */
export interface GeneratedColumn {
  name: string;
  type: ColumnType;
  required: boolean;
  unique: boolean;
  /** Complete list of allowed values, as SQL literals. */
  allowed?: string[];
  /** SQL literals worth trying, beside the ones of the type. */
  suggested: string[];
  /** Text of the literals the queries compare this column with. */
  literals: string[];
  distances: number[];
}

/** Large enough that generated numbers do not meet the candidates by chance. */
const FRESH_FROM = 100;

function scalarValue(column: GeneratedColumn, random: Random): string {
  const { type } = column;
  if (type.kind !== 'scalar') return 'NULL';
  const candidates = candidateValues(
    type.name,
    column.literals,
    column.distances,
  );
  if (column.suggested.length > 0 && random.chance(0.7)) {
    return random.pick(column.suggested);
  }
  // Without literals to hit, values of its own tell a column from others.
  const known = column.literals.length > 0 ? 0.9 : 0.65;
  if (!random.chance(known)) {
    return freshValue(type, random.integer(FRESH_FROM, FRESH_FROM + 900));
  }
  // Literals come last among the candidates: an even share for both halves.
  const half = Math.ceil(candidates.length / 2);
  return random.pick(
    random.chance(0.5) ? candidates.slice(0, half) : candidates.slice(half),
  );
}

function valueOf(column: GeneratedColumn, random: Random): string {
  const { type } = column;
  if (type.kind === 'array') {
    const length = random.integer(0, 3);
    const items = Array.from({ length }, () =>
      valueOf({ ...column, type: type.item, required: true }, random),
    );
    return `[${items.join(', ')}]`;
  }
  if (type.kind === 'struct') {
    const parts = type.fields.map(
      field =>
        `${quoteText(field.name)}: ${valueOf(
          { ...column, type: field.type, required: false },
          random,
        )}`,
    );
    return `{${parts.join(', ')}}`;
  }
  return scalarValue(column, random);
}

function uniqueValue(
  column: GeneratedColumn,
  row: number,
  random: Random,
): string {
  const { type } = column;
  if (type.kind !== 'scalar') return valueOf(column, random);
  const candidates = [
    ...new Set([
      ...column.suggested,
      ...candidateValues(type.name, column.literals, column.distances),
    ]),
  ];
  return candidates[row] ?? freshValue(type, FRESH_FROM + row);
}

/** Rows of SQL literals, one per column; the same random state gives the same rows. */
export function generateRows(
  columns: GeneratedColumn[],
  count: number,
  random: Random,
): string[][] {
  return Array.from({ length: count }, (_, row) =>
    columns.map(column => {
      if (column.unique) return uniqueValue(column, row, random);
      if (!column.required && random.chance(0.12)) return 'NULL';
      if (column.allowed?.length) return random.pick(column.allowed);
      return valueOf(column, random);
    }),
  );
}
