import { quoteText } from '../database/names';
import { candidateValues, pointCandidates } from '../generate/candidateValues';
import { ColumnType } from '../types/ColumnType';

const MAX_REPEAT = 64;

/** Texts that a pattern of LIKE or a regular expression may match. */
function fromPattern(literal: string): string[] {
  const found = new Set<string>();
  if (/[%_]/.test(literal)) {
    found.add(literal.replace(/%/g, '').replace(/_/g, 'x'));
    found.add(literal.replace(/%/g, 'z').replace(/_/g, 'x'));
  }
  if (/[|()[\]^$.*+?\\]/.test(literal)) {
    const plain = literal.replace(/^\(\?[a-z]+\)/, '').replace(/^\^|\$$/g, '');
    for (const part of plain.replace(/^\((?:\?:)?(.*)\)$/, '$1').split('|')) {
      const text = part
        .replace(/\\d|\[0-9\]/g, '7')
        .replace(/\\w|\[a-z(?:A-Z)?(?:0-9)?_?\]/gi, 'a')
        .replace(/\\s/g, ' ')
        .replace(/\{(\d+)(?:,\d*)?\}/g, '')
        .replace(/\[\^?(.)[^\]]*\]/g, '$1')
        .replace(/\.[*+]\??/g, 'q')
        .replace(/\\(.)/g, '$1')
        .replace(/[()^$?+*]/g, '')
        .replace(/\./g, 'q');
      found.add(text);
    }
  }
  return [...found];
}

function textWords(literals: string[]): string[] {
  const words = new Set<string>();
  for (const literal of literals) {
    words.add(literal);
    for (const text of fromPattern(literal)) words.add(text);
  }
  for (const literal of literals) {
    const number = Number(literal);
    if (literal.trim() !== '' && Number.isInteger(number)) {
      words.add(String(number + 1));
      words.add(String(number - 1));
      if (number > 0 && number <= MAX_REPEAT) {
        for (const length of [number - 1, number, number + 1]) {
          words.add('abcdefgh'.repeat(9).slice(0, length));
        }
      }
      continue;
    }
    words.add(literal.toUpperCase());
    words.add(literal.toLowerCase());
    words.add(`${literal}z`);
    words.add(`z${literal}`);
    words.add(` ${literal} `);
  }
  const short = literals.filter(item => item.length < 30).slice(0, 4);
  for (const one of short) {
    for (const other of short) {
      if (one !== other) words.add(one + other);
      if (one !== other) words.add(`k${one}${other}`);
    }
  }
  return [...words];
}

/** Documents in which a path of the query's leads to one of its values. */
function jsonWords(literals: string[]): string[] {
  const paths = literals.filter(item => /^\$|^\/|^[A-Za-z_][\w.]*$/.test(item));
  const values = [...literals, 'x', '1', 'true'].slice(0, 6);
  const words: string[] = ['{}', '[]'];
  for (const path of paths.slice(0, 4)) {
    const keys = path
      .replace(/^\$/, '')
      .split(/[.[\]/'"]+/)
      .filter(Boolean);
    for (const value of values) {
      const leaf = /^-?\d+(\.\d+)?$|^(true|false)$/.test(value)
        ? value
        : JSON.stringify(value);
      words.push(
        keys.reduceRight(
          (inner, key) =>
            /^\d+$/.test(key)
              ? `[${inner}]`
              : `{${JSON.stringify(key)}: ${inner}}`,
          leaf,
        ),
      );
    }
  }
  return words;
}

/** Dates around numbers that look like years, months or weekdays. */
function dateParts(literals: string[]): string[] {
  const years = literals.filter(item => /^(19|20)\d\d$/.test(item));
  const base = years[0] ?? '2024';
  return [
    ...years.flatMap(year => [
      `${Number(year) - 1}-12-31`,
      `${year}-01-01`,
      `${year}-12-31`,
      `${Number(year) + 1}-01-01`,
    ]),
    ...Array.from({ length: 12 }, (_, month) => [
      new Date(Date.UTC(Number(base), month, 1)),
      new Date(Date.UTC(Number(base), month + 1, 0)),
    ])
      .flat()
      .map(day => day.toISOString().slice(0, 10)),
    ...Array.from(
      { length: 7 },
      (_, day) => `${base}-06-${String(day + 10).padStart(2, '0')}`,
    ),
  ];
}

const PART_FUNCTIONS =
  /^(date_part|year|month|day|quarter|week|hour|minute|day_?of_?\w+|iso\w+|strftime|last_day|date_trunc|monthname|dayname)$/;

/** How many units of a number that a function takes for a point in time make a millisecond. */
const EPOCH_UNITS: Record<string, number> = {
  shim_timestamp_seconds: 1 / 1000,
  shim_timestamp_millis: 1,
  shim_timestamp_micros: 1000,
};

/** Numbers that are points in time to the functions that they are given to. */
function epochs(
  literals: string[],
  functions: Set<string>,
  distances: number[],
): string[] {
  const unit = [...functions]
    .map(name => EPOCH_UNITS[name.toLowerCase()])
    .find(item => item !== undefined);
  return unit === undefined
    ? []
    : pointCandidates(literals, distances).map(point =>
        String(Math.floor(point * unit)),
      );
}

/**
 * Values for a variable that bring the comparisons it stands in to both
 * sides, the most telling ones first.
 *
 * @param literals - texts of the constants in those comparisons
 * @param functions - functions that those comparisons call
 * @returns SQL literals, none of them a plain NULL
 */
export function wordsFor(
  type: ColumnType,
  literals: string[],
  functions: Set<string>,
  distances: number[],
): string[] {
  if (type.kind === 'array') {
    const items = wordsFor(type.item, literals, functions, distances);
    return [
      ...items.slice(0, 12).map(item => `[${item}]`),
      '[]',
      `[${items.slice(0, 3).join(', ')}]`,
    ];
  }
  if (type.kind === 'struct') {
    const fields = type.fields.map(field => ({
      name: field.name,
      words: wordsFor(field.type, literals, functions, distances),
    }));
    return Array.from({ length: 8 }, (_, index) => {
      const parts = fields.map(
        ({ name, words }, position) =>
          `${quoteText(name)}: ${
            words[(index + position) % Math.max(1, words.length)] ?? 'NULL'
          }`,
      );
      return `{${parts.join(', ')}}`;
    });
  }
  const base = () => candidateValues(type.name, [], distances);
  switch (type.name) {
    case 'VARCHAR': {
      const json = [...functions].some(name => /json|->/.test(name));
      return [
        ...(json ? jsonWords(literals) : []),
        ...textWords(literals),
        'k1',
        'b',
        '',
      ].map(quoteText);
    }
    case 'JSON':
      return jsonWords(literals).map(item => `${quoteText(item)}::JSON`);
    case 'DATE':
    case 'TIMESTAMP':
    case 'TIMESTAMPTZ': {
      const parts = [...functions].some(name => PART_FUNCTIONS.test(name));
      const wanted = parts ? [...literals, ...dateParts(literals)] : literals;
      return candidateValues(type.name, wanted, [
        ...distances,
        ...literals.map(Number).filter(item => item > 1 && item < 1000),
      ]);
    }
    case 'BIGINT':
    case 'DOUBLE':
    case 'DECIMAL(38, 9)': {
      const all = candidateValues(type.name, literals, distances);
      // Literals come last there, and first here.
      return [
        ...epochs(literals, functions, distances),
        ...all.slice(base().length),
        ...base(),
      ];
    }
    default:
      return candidateValues(type.name, literals, distances);
  }
}
