import { isSparkExpression } from '../python/sparkExpressions';
import { Expression } from '../rewrite/Expression';
import { View } from '../rewrite/View';

/** Spark's names of BigQuery's types. */
const TYPES: Record<string, string> = {
  STRING: 'STRING',
  INT64: 'BIGINT',
  FLOAT64: 'DOUBLE',
  BOOL: 'BOOLEAN',
  BYTES: 'BINARY',
  DATE: 'DATE',
  TIMESTAMP: 'TIMESTAMP',
};
/** Casts of a column that neither fail nor print a value in another way. */
const CASTS: Record<string, readonly string[]> = {
  STRING: ['STRING', 'INT64', 'BOOL'],
  INT64: ['INT64'],
  FLOAT64: ['FLOAT64', 'INT64'],
};
const CAST =
  /\bCAST\s*\(\s*([A-Za-z_]\w*)\s+AS\s+(\w+)\s*\)(\s*\/\s*[1-9]\d*\b(?!\s*\.))?/gi;

/** What an expression of BigQuery is in Spark's SQL; nothing if that is not certain. */
export function toSpark(
  expression: Expression,
  { mapping }: Pick<View, 'mapping'>,
): string | undefined {
  const { text } = expression;
  if (isSparkExpression(expression)) {
    return text;
  }
  if (mapping.dialect !== 'bigquery' || /['"`]/.test(text)) {
    return undefined;
  }
  let isKnown = true;
  const translated = (name: string, type: string) => {
    const wanted = type.toUpperCase();
    const column = mapping.to.contract.fields.find(
      field => field.name.toLowerCase() === name.toLowerCase(),
    );
    isKnown =
      isKnown &&
      Object.hasOwn(TYPES, wanted) &&
      (/^NULL$/i.test(name) ||
        (column !== undefined &&
          Object.hasOwn(CASTS, wanted) &&
          CASTS[wanted].includes(column.type)));
    return `CAST(${name} AS ${TYPES[wanted]})`;
  };
  const spark = text.replace(
    CAST,
    (_, name: string, type: string, division = '') => {
      const cast = translated(name, type);
      // Anything else is divided in another way: whole numbers, decimals.
      isKnown = isKnown && (division === '' || /^FLOAT64$/i.test(type));
      return cast + division;
    },
  );
  const rest = { ...expression, text: text.replace(CAST, 'x') };
  return isKnown && isSparkExpression(rest) ? spark : undefined;
}
