import {
  DatasetMapping,
  FieldAnswer,
  FieldMapping,
  SqlDialect,
} from 'backstage-plugin-dataset-migration-common';
import { SqlParser } from '../parser/SqlParser';
import { quoteColumn } from './quoteColumn';
import { Expression, parseExpression, printExpression } from './Expression';

/** What becomes of one old field in one file, after the owner's answers. */
export type ViewField =
  | { kind: 'expression'; name: string; expression: Expression }
  | {
      kind: 'question' | 'leave' | 'drop';
      name: string;
      mapping: FieldMapping;
    };

/** The mapping as the rewriter needs it: every expression parsed, answers applied. */
export interface View {
  mapping: DatasetMapping;
  /** By lower case name, in contract order. */
  fields: ReadonlyMap<string, ViewField>;
  where?: Expression;
  /** New fields to group by, where the grain changes. */
  groupBy?: string[];
  /** Lower case names that only the new dataset has. */
  newFields: ReadonlySet<string>;
}

/** The most specific answer: one for the file goes before one for the target. */
function answerFor(
  answers: readonly FieldAnswer[],
  field: string,
  path: string,
): FieldAnswer['answer'] | undefined {
  const matching = answers.filter(
    answer =>
      answer.field.toLowerCase() === field.toLowerCase() &&
      (answer.path === undefined || answer.path === path),
  );
  return (matching.find(answer => answer.path === path) ?? matching[0])?.answer;
}

/** Thrown if a mapping's expression cannot be parsed: the plan's validation should have said so. */
export class MappingExpressionError extends Error {
  constructor(readonly text: string) {
    super(`The mapping's expression cannot be parsed: ${text}`);
  }
}

/** Prepares the view for one file. */
export async function prepareView(options: {
  mapping: DatasetMapping;
  answers: readonly FieldAnswer[];
  path: string;
  parser: SqlParser;
  cache: Map<string, Expression>;
}): Promise<View> {
  const { mapping, answers, path, parser, cache } = options;
  const expressionOf = async (text: string): Promise<Expression> => {
    const known = cache.get(text);
    if (known) {
      return known;
    }
    const parsed = await parseExpression(text, mapping.dialect, parser);
    if (!parsed) {
      throw new MappingExpressionError(text);
    }
    cache.set(text, parsed);
    return parsed;
  };
  const fields = new Map<string, ViewField>();
  for (const field of mapping.fields) {
    const { name } = field;
    if (field.kind !== 'ask' && field.kind !== 'gone') {
      const expression = await expressionOf(field.is);
      fields.set(name.toLowerCase(), { kind: 'expression', name, expression });
      continue;
    }
    const answer = answerFor(answers, name, path);
    if (answer?.kind === 'expression' || answer?.kind === 'null') {
      const type = mapping.from.contract.fields.find(
        entry => entry.name.toLowerCase() === name.toLowerCase(),
      )?.type;
      const text =
        answer.kind === 'expression'
          ? answer.is
          : `CAST(NULL AS ${type ?? 'STRING'})`;
      const expression = await expressionOf(text);
      fields.set(name.toLowerCase(), { kind: 'expression', name, expression });
    } else {
      fields.set(name.toLowerCase(), {
        kind: answer?.kind ?? 'question',
        name,
        mapping: field,
      });
    }
  }
  const { where, grain } = mapping.rows;
  const newFields = new Set(
    mapping.to.contract.fields
      .map(field => field.name.toLowerCase())
      .filter(name => !fields.has(name)),
  );
  return {
    mapping,
    fields,
    newFields,
    ...(where !== undefined && { where: await expressionOf(where) }),
    ...(grain !== 'same' && { groupBy: grain.by }),
  };
}

/** Prints one field as a column: `country_code AS country`, or its name alone. */
export function printColumn(
  field: ViewField,
  qualifier: string | undefined,
  dialect: SqlDialect = 'bigquery',
): string {
  const name = quoteColumn(field.name, dialect);
  if (field.kind !== 'expression') {
    return name;
  }
  const text = printExpression(field.expression, qualifier);
  return field.expression.column &&
    field.expression.text.replace(/[`"]/g, '') === field.name
    ? text
    : `${text} AS ${name}`;
}

/** The derived table in place of the old one: always right, whatever is around it. */
export function printDerivedTable(
  view: View,
  table: string,
  fields: readonly string[],
  /** What starts a line, for one that would be too long as one line. */
  line?: string,
): string {
  const columns = fields.flatMap(name => {
    const field = view.fields.get(name);
    return field ? [printColumn(field, undefined, view.mapping.dialect)] : [];
  });
  const list = columns.length > 0 ? columns : ['1 AS one'];
  const clauses = [
    `FROM ${table}`,
    ...(view.where ? [`WHERE ${view.where.text}`] : []),
    ...(view.groupBy ? [`GROUP BY ${view.groupBy.join(', ')}`] : []),
  ];
  if (line === undefined) {
    return `(SELECT ${list.join(', ')} ${clauses.join(' ')})`;
  }
  const inner = `${line}    `;
  return `(${inner}SELECT${inner}    ${list.join(`,${inner}    `)}${clauses
    .map(clause => inner + clause)
    .join('')}${line})`;
}
