import { Edit } from '../patch/Edit';
import { Expression } from '../rewrite/Expression';
import { View } from '../rewrite/View';

/** Functions that mean the same in BigQuery and in Spark, also for NULL. */
const SAME =
  /^(CONCAT|COALESCE|UPPER|LOWER|ABS|IF|NULLIF|LENGTH|TIMESTAMP_MILLIS|TIMESTAMP_SECONDS|TIMESTAMP_MICROS)$/i;
const WORDS =
  /^(AND|OR|NOT|IS|NULL|TRUE|FALSE|CASE|WHEN|THEN|ELSE|END|IN|BETWEEN|LIKE)$/i;

/** True if Spark SQL reads the expression as BigQuery does. */
export function isSparkExpression(expression: Expression): boolean {
  if (expression.column) {
    return true;
  }
  const { text } = expression;
  const rest = text.replace(/'[^'\\]*'/g, ' ');
  if (/["\\'./%|&^~[\]{}@#:;]|--/.test(rest)) {
    return false;
  }
  return [...rest.matchAll(/([A-Za-z_]\w*)\s*(\()?/g)].every(
    ([, word, call]) => !call || SAME.test(word) || WORDS.test(word),
  );
}

/** True if the edits put nothing into Spark SQL that it reads in another way. */
export function isPortable(view: View, edits: readonly Edit[]): boolean {
  const foreign = [...view.fields.values()]
    .flatMap(field => (field.kind === 'expression' ? [field.expression] : []))
    .concat(view.where ? [view.where] : [])
    .filter(expression => !isSparkExpression(expression));
  // Only the words are compared: qualifiers and quotes stand between them.
  const words = (text: string) => text.match(/\w+/g) ?? [];
  return foreign.every(expression => {
    const wanted = words(expression.text);
    return edits.every(edit => {
      const found = new Set(words(edit.text));
      return !wanted.every(word => found.has(word));
    });
  });
}
