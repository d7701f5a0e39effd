import { ColumnType, ScalarName } from '../types/ColumnType';

const NUMBERS =
  /^(sum|avg|mean|round|abs|floor|ceil|ceiling|sqrt|ln|log|log10|exp|pow|power|sign|mod|stddev\w*|var(iance|_\w+)|median|quantile\w*|approx_quantile|greatest_number|isnan|isinf|[*/%]|\/\/|\*\*|\^)$/;
const BITS = /^(&|\||~|<<|>>|xor|bit_(count|and|or|xor))$/;
const CONDITIONS = /^(bool_or|bool_and|count_if|countif)$/;
const TIMES =
  /^(date_?(trunc|part|diff|sub|add)|datesub|last_day|day(name|of\w+)?|month(name)?|year|quarter|week(ofyear|day)?|hour|minute|second|epoch(_\w+)?|strftime|to_char|to_varchar|format_\w+|timezone|time_bucket|age|isodow|julian)$/;
const LISTS = /^(unnest|list_\w+|array_\w+|flatten|len)$/;
const TEXTS =
  /^(lower|upper|trim|ltrim|rtrim|replace|regexp_\w+|substr|substring|length|starts_with|ends_with|contains|split|split_part|string_split|concat|strptime|try_strptime|left|right|lpad|rpad|reverse|!?~~\*?|\|\|)$/;

function scalar(name: ScalarName): ColumnType {
  return { kind: 'scalar', name, known: false };
}

/** The column type for a type that the engine names. */
export function namedType(text: string): ColumnType | undefined {
  if (text.endsWith('[]')) {
    const item = namedType(text.slice(0, -2));
    return item && { kind: 'array', item };
  }
  if (/^(STRING|STRING_LITERAL|VARCHAR)$/.test(text)) return scalar('VARCHAR');
  if (/^BOOL(EAN)?$/.test(text)) return scalar('BOOLEAN');
  if (
    /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|U?INT\d+|INTEGER_LITERAL)$/.test(text)
  ) {
    return scalar('BIGINT');
  }
  if (/^(DECIMAL|DOUBLE|FLOAT)/.test(text)) return scalar('DOUBLE');
  if (/^TIMESTAMP WITH TIME ZONE$|^TIMESTAMPTZ$/.test(text)) {
    return scalar('TIMESTAMPTZ');
  }
  if (/^TIMESTAMP/.test(text)) return scalar('TIMESTAMP');
  if (text === 'DATE' || text === 'TIME' || text === 'INTERVAL') {
    return scalar(text);
  }
  return undefined;
}

/**
 * The type that an operand should have had.
 *
 * @param of - a function or operator, or the clause that mixes its operands
 * @param types - as the engine names those of all operands
 * @param index - which operand
 */
export function wantedType(
  of: string,
  types: string[],
  index: number,
): ColumnType | undefined {
  const name = of.toLowerCase();
  const others = types.filter((_, place) => place !== index);
  const time = others.find(type => /^(DATE|TIMESTAMP)/.test(type));
  if (name === '+' || name === '-') {
    if (others.includes('INTERVAL')) return scalar('TIMESTAMP');
    if (time) return name === '-' ? namedType(time) : scalar('BIGINT');
    return scalar('DOUBLE');
  }
  if (NUMBERS.test(name)) {
    return others.includes('INTERVAL') ? scalar('BIGINT') : scalar('DOUBLE');
  }
  if (BITS.test(name)) return scalar('BIGINT');
  if (CONDITIONS.test(name)) return scalar('BOOLEAN');
  if (TIMES.test(name))
    return (time ? namedType(time) : undefined) ?? scalar('TIMESTAMP');
  if (LISTS.test(name)) return { kind: 'array', item: scalar('VARCHAR') };
  if (TEXTS.test(name)) return scalar('VARCHAR');
  if (!/^(compare|between|coalesce|case|in|combine)$/.test(name)) {
    return undefined;
  }
  const other = types.find(type => type !== types[index]);
  // What stands beside a number may have places after the point.
  return other === 'INTEGER_LITERAL' && name !== 'compare'
    ? scalar('DOUBLE')
    : namedType(other ?? '');
}

/** True for functions that take points in time, whatever they are called. */
export function isTimeFunction(name: string): boolean {
  return TIMES.test(name.replace(/^shim_/, '').toLowerCase());
}
