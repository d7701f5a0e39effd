import { Tokens } from './Tokens';

/** Words that are date parts in one place and good column names in another. */
const DATE_WORD =
  /^(year|isoyear|quarter|month|week|isoweek|day|dayofweek|dayofyear|hour|minute|second|millisecond|microsecond|date|time|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

const DATE_CALL =
  /^(LAST_DAY|\w*_?(TRUNC|DIFF|PART|BUCKET)|(DATE|TIME|TIMESTAMP)_?ADD|EXTRACT|INTERVAL)$/;

export function isDateWord(name: string): boolean {
  return DATE_WORD.test(name);
}

/**
 * True if a word is the date part of a call: the first argument in Snowflake
 * (`DATEADD(day, 1, x)`), a later one in BigQuery (`DATE_TRUNC(x, DAY)`).
 */
export function isDatePart(
  tokens: Tokens,
  token: number,
  call: string | undefined,
  dialect: string,
): boolean {
  if (!call || !DATE_CALL.test(call)) {
    return tokens.is(token - 2, 'WEEK', '(');
  }
  return dialect === 'bigquery' || call === 'LAST_DAY'
    ? tokens.is(token - 1, ',') || tokens.is(token + 1, 'FROM')
    : tokens.is(token - 1, '(');
}
