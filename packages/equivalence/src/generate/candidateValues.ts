import { ColumnType, ScalarName } from '../types/ColumnType';
import { FROZEN_DATE, FROZEN_TIME } from '../translate/freezeStatement';
import { quoteText } from '../database/names';

const DAY_MS = 86_400_000;

/** Words every text column can hold, so that keys of different tables meet. */
const WORDS = ['a', 'b', 'c', 'd', 'B', 'a b', ''];

function pointOf(literal: string): number | undefined {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?))?/.exec(
      literal,
    ) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(literal);
  if (!match) return undefined;
  const text =
    match.length === 4
      ? `${match[1]}-${match[2]}-${match[3]}T00:00:00Z`
      : `${match[1]}T${match[2] ?? '00:00:00'}Z`;
  const point = Date.parse(text);
  return Number.isNaN(point) ? undefined : point;
}

function textCandidates(literals: string[]): string[] {
  return literals.flatMap(literal => {
    const plain = literal.replace(/^\^|\$$/g, '').replace(/%|\.\*/g, '');
    return [literal, plain.replace(/_/g, 'x'), plain, `${plain}z`, `z${plain}`];
  });
}

/** With what one factor makes of another literal, as in `cents / 100 > 25`. */
function withScaled(literals: string[]): string[] {
  const numbers = [
    ...new Set(literals.filter(item => item.trim() !== '').map(Number)),
  ].filter(Number.isFinite);
  const few = numbers.slice(0, 5);
  return [
    ...literals,
    ...few.flatMap(one =>
      few.flatMap(other =>
        one === other
          ? [String(one * one)]
          : [one * other, one + other, ...(other ? [one / other] : [])].map(
              String,
            ),
      ),
    ),
  ];
}

function numberCandidates(literals: string[], whole: boolean): string[] {
  return withScaled(literals).flatMap(literal => {
    const value = Number(literal);
    if (literal.trim() === '' || !Number.isFinite(value)) return [];
    const step = Number.isInteger(value) ? 1 : 0.25;
    const near = [value, value - step, value + step];
    // Columns often stand under a division: `1.0 / rank > 0.2`.
    if (value !== 0 && Math.abs(value) < 1) near.push(1 / value);
    return near
      .map(item => (whole ? Math.round(item) : item))
      .filter(item => Math.abs(item) < 1e15)
      .map(String);
  });
}

/** Time points on both sides of every literal, in milliseconds. */
export function pointCandidates(
  literals: string[],
  distances: Iterable<number>,
): number[] {
  const bases = literals
    .map(pointOf)
    .filter((point): point is number => point !== undefined);
  bases.push(Date.parse(`${FROZEN_DATE}T${FROZEN_TIME}Z`));
  return bases.flatMap(base => [
    base,
    base - 1,
    base - 1000,
    base + 1000,
    base + 5 * 3_600_000,
    ...[...distances].flatMap(distance =>
      [distance - 1, distance, distance + 1].map(days => base - days * DAY_MS),
    ),
  ]);
}

function isoDay(point: number): string {
  return new Date(point).toISOString().slice(0, 10);
}

function isoPoint(point: number): string {
  return new Date(point).toISOString().replace('T', ' ').replace('Z', '');
}

/** Values worth trying for a scalar column, as SQL literals without NULL. */
export function candidateValues(
  name: ScalarName,
  literals: string[],
  distances: Iterable<number>,
): string[] {
  switch (name) {
    case 'BOOLEAN':
      return ['TRUE', 'FALSE'];
    case 'BIGINT':
      return [
        '0',
        '1',
        '2',
        '3',
        '5',
        '-1',
        ...numberCandidates(literals, true),
      ];
    case 'DOUBLE':
    case 'DECIMAL(38, 9)':
      return [
        '0.0',
        '0.5',
        '1.0',
        '2.5',
        '-1.25',
        ...numberCandidates(literals, false),
      ];
    case 'DATE':
      return pointCandidates(literals, distances).map(
        point => `DATE '${isoDay(point)}'`,
      );
    case 'TIMESTAMP':
      return pointCandidates(literals, distances).map(
        point => `TIMESTAMP '${isoPoint(point)}'`,
      );
    case 'TIMESTAMPTZ':
      return pointCandidates(literals, distances).map(
        point => `TIMESTAMPTZ '${isoPoint(point)}+00'`,
      );
    case 'TIME':
      return [`TIME '00:00:00'`, `TIME '12:30:00'`, `TIME '23:59:59'`];
    case 'BLOB':
      return [`'a'::BLOB`, `'b'::BLOB`];
    case 'INTERVAL':
      return [`INTERVAL '1' DAY`, `INTERVAL '2' HOUR`];
    case 'JSON':
      return [`'{"a": 1}'::JSON`, `'{"a": "x", "b": [1]}'::JSON`];
    default:
      return [...WORDS, ...textCandidates(literals)].map(quoteText);
  }
}

/** Values that no literal suggests, as a SQL literal. */
export function freshValue(type: ColumnType, number: number): string {
  if (type.kind !== 'scalar') return 'NULL';
  const base = Date.parse(`${FROZEN_DATE}T${FROZEN_TIME}Z`);
  switch (type.name) {
    case 'BIGINT':
      return String(number);
    case 'DOUBLE':
    case 'DECIMAL(38, 9)':
      return `${number}.125`;
    case 'DATE':
      return `DATE '${isoDay(base - number * DAY_MS)}'`;
    case 'TIMESTAMP':
      return `TIMESTAMP '${isoPoint(base - number * 3_607_000)}'`;
    case 'TIMESTAMPTZ':
      return `TIMESTAMPTZ '${isoPoint(base - number * 3_607_000)}+00'`;
    case 'VARCHAR':
      return quoteText(`k${number}`);
    default:
      return candidateValues(type.name, [], [1])[0];
  }
}
