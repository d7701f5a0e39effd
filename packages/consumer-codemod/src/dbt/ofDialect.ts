import { SqlDialect } from 'backstage-plugin-dataset-migration-common';

interface Column {
  name: string;
  type?: string;
  guessed?: boolean;
}

/** Names of types that the dialect does not have, and what comes nearest in it. */
const FOREIGN: Record<SqlDialect, Array<[type: RegExp, own: string]>> = {
  bigquery: [
    [/^(TEXT|(CHARACTER |N?VAR)?CHAR(ACTER)?( VARYING)?)\b/, 'STRING'],
    [/^(DOUBLE PRECISION|REAL|FLOAT[48])$/, 'FLOAT64'],
    [/^TIMESTAMP(_NTZ|_LTZ|_TZ|\(\d\))?( WITH(OUT)? TIME ZONE)?$/, 'TIMESTAMP'],
    [/^NUMBER\b/, 'NUMERIC'],
    [/^(JSONB|VARIANT|SUPER)$/, 'JSON'],
  ],
  snowflake: [
    [/^CHARACTER VARYING\b/, 'VARCHAR'],
    [/^(FLOAT64|DOUBLE PRECISION)$/, 'FLOAT'],
    [/^INT64$/, 'BIGINT'],
    [/^BOOL$/, 'BOOLEAN'],
    [/^TIMESTAMP(\(\d\))? WITHOUT TIME ZONE$/, 'TIMESTAMP_NTZ'],
    [/^TIMESTAMP(\(\d\))? WITH TIME ZONE$/, 'TIMESTAMP_TZ'],
    [/^(JSONB?|SUPER)$/, 'VARIANT'],
  ],
};
/** The dialect's own names among those that the patterns find. */
const OWN: Record<SqlDialect, RegExp> = {
  bigquery: /^TIMESTAMP$/,
  snowflake: /^$/,
};

/**
 * Columns of a table that a catalog lists. One that was made in another warehouse, as
 * published packages bring along, tells the names; its types are but a guess.
 */
export function ofDialect(
  columns: readonly Column[],
  dialect: SqlDialect,
): Column[] {
  const own = (type: string | undefined) =>
    type === undefined || OWN[dialect].test(type)
      ? undefined
      : FOREIGN[dialect].find(([pattern]) => pattern.test(type))?.[1];
  const isForeign = columns.some(({ type }) => own(type) !== undefined);
  return isForeign
    ? columns.map(({ name, type }) => {
        const known = own(type) ?? type;
        return { name, ...(known && { type: known }), guessed: true };
      })
    : [...columns];
}
