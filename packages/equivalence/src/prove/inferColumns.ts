import {
  AstNode,
  childNode,
  childNodes,
  columnsIn,
  identifier,
  isNode,
  walkAst,
} from '../translate/ast';
import { findTables, TableReference } from '../translate/findTables';
import { ComparedLiteral, ComparedTypes } from './comparedTypes';
import { Hints } from '../generate/collectHints';
import { ColumnType, ScalarName } from '../types/ColumnType';

/** How far a type is followed from one name to the next. */
const MAX_RELATIVES = 8;

/**
 * Columns that a table of unknown schema must have: those qualified with its
 * alias, and unqualified ones that no known table and no output name explains.
 */
export function inferColumnNames(
  statements: Array<{ statement: AstNode; references: TableReference[] }>,
  isThisTable: (table: TableReference) => boolean,
  explained: Set<string>,
): string[] {
  const names = new Map<string, string>();
  for (const { statement, references } of statements) {
    const mine = references.filter(isThisTable);
    if (mine.length === 0) continue;
    const aliases = new Set(mine.map(table => table.alias.toLowerCase()));
    const outputs = new Set<string>();
    walkAst([statement], (kind, node) => {
      const alias = kind === 'alias' ? identifier(node, 'alias') : undefined;
      if (alias) outputs.add(alias.toLowerCase());
    });
    for (const { name, table } of columnsIn([statement])) {
      const key = name.toLowerCase();
      const owned = table
        ? aliases.has(table.toLowerCase())
        : !explained.has(key) && !outputs.has(key);
      if (owned && !names.has(key)) names.set(key, name);
    }
    for (const name of loneColumns(statement, isThisTable)) {
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
    for (const name of usingColumns(statement)) {
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
  }
  return [...names.values()];
}

/** Unqualified columns of every SELECT that reads this table and nothing else. */
function loneColumns(
  statement: AstNode,
  isThisTable: (table: TableReference) => boolean,
): string[] {
  const found: string[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    if (!isNode(value) || 'select' in value || 'subquery' in value) return;
    const column = childNode(value, 'column');
    const name = column && identifier(column, 'name');
    if (column && name && !identifier(column, 'table')) found.push(name);
    Object.values(value).forEach(collect);
  };
  walkAst([statement], (kind, node) => {
    if (kind !== 'select' || childNodes(node, 'joins').length > 0) return;
    const [table, ...others] = findTables({ from: node.from });
    if (!table || others.length > 0 || !isThisTable(table)) return;
    const outputs = childNodes(node, 'expressions');
    collect([outputs, node.where_clause]);
  });
  return found;
}

function usingColumns(statement: AstNode): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        if (key === 'using' && Array.isArray(child)) {
          for (const item of child) {
            if (typeof item?.name === 'string') found.push(item.name);
          }
        }
        visit(child);
      }
    }
  };
  visit(statement);
  return found;
}

function scalar(name: ScalarName): ColumnType {
  return { kind: 'scalar', name, known: true };
}

function byLiterals(literals: ComparedLiteral[]): ColumnType | undefined {
  if (literals.length === 0) return undefined;
  if (literals.every(({ quoted }) => !quoted)) {
    const whole = literals.every(({ text }) => /^\d+$/.test(text));
    return scalar(whole ? 'BIGINT' : 'DOUBLE');
  }
  const each = (pattern: RegExp) =>
    literals.every(({ text }) => pattern.test(text));
  if (each(/^\d{4}-\d{2}-\d{2}$/)) return scalar('DATE');
  if (each(/^\d{4}-\d{2}-\d{2}[ T]/)) return scalar('TIMESTAMPTZ');
  return scalar('VARCHAR');
}

function byName(name: string): ColumnType {
  if (/^(is|has)_/i.test(name)) return scalar('BOOLEAN');
  if (/(_at|_ts|timestamp)$/i.test(name)) return scalar('TIMESTAMPTZ');
  if (/(date|_day|_dt)$|^day$/i.test(name)) return scalar('DATE');
  if (
    /(count|amount|total|price|revenue|quantity|_num|_ms|score)$/i.test(name)
  ) {
    return scalar('BIGINT');
  }
  return scalar('VARCHAR');
}

/** Names that a column goes by or stands beside, nearest first. */
function relatives(key: string, { partners }: ComparedTypes): string[] {
  const found = new Set<string>([key]);
  for (const name of found) {
    if (found.size > MAX_RELATIVES) break;
    for (const partner of partners.get(name) ?? []) found.add(partner);
  }
  return [...found].slice(1);
}

/**
 * A type for a column that came without one: from the columns it is compared
 * with, then from the literals, then from its name.
 *
 * @param known - types of the columns of the tables that are known, by lower-case name
 */
export function inferColumnType(
  name: string,
  hints: Hints,
  compared: ComparedTypes,
  known: Map<string, ColumnType>,
): ColumnType {
  const key = name.toLowerCase();
  if (hints.conditions.has(key)) return scalar('BOOLEAN');
  const own = byLiterals(compared.literals.get(key) ?? []);
  // Beside a word there is nothing but text, whatever else has the same name.
  if (own?.kind === 'scalar' && own.name === 'VARCHAR') return own;
  const others = relatives(key, compared);
  for (const partner of others) {
    const type = known.get(partner);
    if (type) return type;
  }
  if (hints.epochs.has(key)) return scalar('BIGINT');
  if (hints.points.has(key)) return known.get(key) ?? scalar('TIMESTAMPTZ');
  for (const each of [key, ...others]) {
    const type = byLiterals(compared.literals.get(each) ?? []);
    if (type) return type;
  }
  return known.get(key) ?? byName(name);
}
