import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { NEW_TABLE, quoteName, visibleOf } from '../database/names';
import { ProverDatabase } from '../database/ProverDatabase';
import { MappingProblem } from '../MappingProblem';
import {
  freezeStatement,
  isVolatileFunction,
} from '../translate/freezeStatement';
import {
  AstNode,
  childNode,
  childNodes,
  columnsIn,
  isNode,
  walkAst,
} from '../translate/ast';
import { parseStatement, tokens } from '../translate/polyglot';
import { shimMacros } from '../translate/shims';
import { translateQuery } from '../translate/translateQuery';
import { ColumnType, columnTypeSql } from '../types/ColumnType';
import { compareTypes } from '../types/compareTypes';
import { parseColumnType } from '../types/parseColumnType';
import { StatementRunner } from './StatementRunner';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Expression {
  place: MappingProblem['place'];
  field?: string;
  sql: string;
  expected: ColumnType;
}

const AGGREGATES = new Set([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'count_if',
  'array_agg',
  'string_agg',
  'any_value',
  'approx_distinct',
  'approx_count_distinct',
  'stddev',
  'variance',
  'logical_and',
  'logical_or',
  'aggregate_function',
  'group_concat',
]);

function expressionsOf(mapping: DatasetMapping): Expression[] {
  const { dialect, from, rows } = mapping;
  const expressions: Expression[] = [];
  const old = new Map(
    from.contract.fields.map(field => [field.name.toLowerCase(), field]),
  );
  for (const field of mapping.fields) {
    const contract = old.get(field.name.toLowerCase());
    if (!contract || field.kind === 'gone') continue;
    const expected = parseColumnType(contract.type, dialect, contract.fields);
    const texts =
      field.kind === 'ask' ? field.options.map(item => item.is) : [field.is];
    for (const sql of texts) {
      const place = `fields.${field.name}` as const;
      expressions.push({ place, field: field.name, sql, expected });
    }
  }
  if (rows.where) {
    const expected: ColumnType = {
      kind: 'scalar',
      name: 'BOOLEAN',
      known: true,
    };
    expressions.push({ place: 'rows.where', sql: rows.where, expected });
  }
  return expressions;
}

/** What an expression must not hold, as code and message. */
function forbiddenPart(
  statement: AstNode,
  sql: string,
  mapping: DatasetMapping,
  inField: boolean,
): [code: string, message: string] | undefined {
  const select = childNode(statement, 'select');
  const outputs = select ? childNodes(select, 'expressions') : [];
  const clauses = Object.entries(select ?? {}).filter(
    ([key, value]) =>
      key !== 'expressions' &&
      !key.endsWith('comments') &&
      (isNode(value) || (Array.isArray(value) && value.length > 0)),
  );
  if (outputs.length !== 1 || clauses.length > 0 || 'star' in outputs[0]) {
    return ['NOT_AN_EXPRESSION', 'This is not a single expression'];
  }
  let found: [string, string] | undefined;
  walkAst(outputs, (kind, node) => {
    if (kind === 'window_function' || kind === 'window') {
      found ??= ['WINDOW_NOT_ALLOWED', 'Window functions are not allowed here'];
    }
    if (kind === 'subquery' || kind === 'select' || kind === 'exists') {
      found ??= ['SUBQUERY_NOT_ALLOWED', 'Subqueries are not allowed here'];
    }
    const name = String(kind === 'function' ? node.name : kind).toLowerCase();
    const aggregate = AGGREGATES.has(name);
    if (aggregate && (!inField || mapping.rows.grain === 'same')) {
      found ??= [
        'AGGREGATE_NOT_ALLOWED',
        'Aggregates are allowed in fields only, and only with rows.grain.by',
      ];
    }
  });
  const list = tokens(sql, mapping.dialect);
  for (const [index, token] of list.entries()) {
    const called = list[index + 1]?.type === 'L_PAREN';
    const bare = /^CURRENT_/i.test(token.text);
    if (
      isVolatileFunction(token.text) &&
      token.type !== 'STRING' &&
      (called || bare)
    ) {
      found ??= [
        'VOLATILE_NOT_ALLOWED',
        `${token.text.toUpperCase()} gives another value every time`,
      ];
    }
  }
  return found;
}

async function checkExpression(
  expression: Expression,
  mapping: DatasetMapping,
  runner: StatementRunner,
): Promise<Omit<MappingProblem, 'place' | 'field'> | undefined> {
  const { dialect } = mapping;
  const { sql } = expression;
  let statement: AstNode;
  try {
    statement = parseStatement(`SELECT ${sql}`, dialect);
  } catch (error) {
    const message = `${sql} does not parse: ${messageOf(error)}`;
    return { code: 'EXPRESSION_DOES_NOT_PARSE', message, severity: 'error' };
  }
  const forbidden = forbiddenPart(
    statement,
    sql,
    mapping,
    expression.field !== undefined,
  );
  if (forbidden) {
    return { code: forbidden[0], message: forbidden[1], severity: 'error' };
  }
  const known = new Set(
    mapping.to.contract.fields.map(field => field.name.toLowerCase()),
  );
  const missing = columnsIn([statement]).find(
    ({ name, table }) => !known.has((table ?? name).toLowerCase()),
  );
  if (missing) {
    return {
      code: 'FIELD_NOT_IN_NEW_CONTRACT',
      message: `${
        missing.table ?? missing.name
      } is not a field of the new contract`,
      severity: 'error',
    };
  }
  let type: string;
  try {
    const source = `SELECT (${sql}) AS value FROM ${visibleOf(NEW_TABLE)}`;
    const query = translateQuery(
      freezeStatement(source, dialect),
      dialect,
      () => visibleOf(NEW_TABLE),
    );
    const { rows } = await runner.bind(query);
    type = String(rows[0][1]);
  } catch (error) {
    return {
      code: 'EXPRESSION_DOES_NOT_BIND',
      message: `${sql} does not fit the new contract: ${messageOf(error)}`,
      severity: 'error',
    };
  }
  const { expected } = expression;
  const wanted = columnTypeSql(expected);
  if (
    runner.opaque.size > 0 ||
    (expected.kind === 'scalar' && !expected.known)
  ) {
    return {
      code: 'TYPE_UNKNOWN',
      message: `The type of ${sql} cannot be checked here`,
      severity: 'warning',
    };
  }
  const fit = compareTypes(type, await describedType(runner, wanted), dialect);
  if (fit === 'exact') return undefined;
  return fit === 'widening'
    ? {
        code: 'TYPE_WIDENED',
        message: `${sql} is ${type}, which widens to the old field's ${wanted}`,
        severity: 'warning',
      }
    : {
        code: 'TYPE_LOSSY',
        message: `${sql} is ${type}, but the old field is ${wanted}: add an explicit CAST`,
        severity: 'error',
      };
}

/** A type as DuckDB prints it: aliases such as TIMESTAMPTZ get their full name. */
async function describedType(
  runner: StatementRunner,
  type: string,
): Promise<string> {
  const { rows } = await runner.bind(`SELECT CAST(NULL AS ${type}) AS value`);
  return String(rows[0][1]);
}

/** Checks every expression of a mapping by binding it against the new contract. */
export async function checkMappingInDatabase(
  mapping: DatasetMapping,
  database: ProverDatabase,
): Promise<MappingProblem[]> {
  const columns = mapping.to.contract.fields.map(
    field =>
      `${quoteName(field.name)} ${columnTypeSql(
        parseColumnType(field.type, mapping.dialect, field.fields),
      )}`,
  );
  await database.run(
    `CREATE TABLE ${visibleOf(NEW_TABLE)} (${columns.join(', ')})`,
  );
  await database.share(shimMacros(mapping.dialect));
  const problems: MappingProblem[] = [];
  for (const expression of expressionsOf(mapping)) {
    const { place, field } = expression;
    // A runner each: a function unknown to one expression says nothing of the next.
    const runner = new StatementRunner(database, mapping.dialect);
    const problem = await checkExpression(expression, mapping, runner);
    if (problem) problems.push({ ...(field && { field }), place, ...problem });
  }
  return problems;
}
