import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { Random } from '../generate/Random';
import {
  childNode,
  childNodes,
  columnsIn,
  spanOf,
  walkAst,
} from '../translate/ast';
import { applyEdits, sliceText, TextEdit } from '../translate/applyEdits';
import { parseStatement, SqlToken, tokens } from '../translate/polyglot';
import { ColumnType, columnTypeSql } from '../types/ColumnType';

/** A deliberately wrong version of a query. */
export interface Mutant {
  kind: string;
  sql: string;
}

const CLAUSE_ENDS = new Set([
  'GROUP_BY',
  'GROUP',
  'ORDER_BY',
  'ORDER',
  'HAVING',
  'QUALIFY',
  'WINDOW',
  'LIMIT',
  'UNION',
  'INTERSECT',
  'EXCEPT',
]);

const REPLACED_TOKENS: Record<string, string> = {
  EQ: '!=',
  NEQ: '=',
  LT: '<=',
  LTE: '<',
  GT: '>=',
  GTE: '>',
  AND: 'OR',
  OR: 'AND',
};

/** The end of the clause that starts behind `from`, at the same depth. */
function clauseEnd(list: SqlToken[], from: number): number {
  let depth = 0;
  for (let index = from + 1; index < list.length; index++) {
    const { type } = list[index];
    if (type === 'L_PAREN') depth++;
    if (type === 'R_PAREN' && --depth < 0) return list[index].start;
    if (depth === 0 && CLAUSE_ENDS.has(type)) return list[index].start;
  }
  return list[list.length - 1].end;
}

function tokenEdits(list: SqlToken[]): Array<{ kind: string; edit: TextEdit }> {
  const found: Array<{ kind: string; edit: TextEdit }> = [];
  let between = false;
  for (const [index, token] of list.entries()) {
    const { start, end, type } = token;
    const next = list[index + 1];
    if (type === 'BETWEEN') between = true;
    const belongsToBetween = between && type === 'AND';
    if (belongsToBetween) between = false;
    if (type in REPLACED_TOKENS && !belongsToBetween) {
      const text = REPLACED_TOKENS[type];
      found.push({ kind: 'operator', edit: { start, end, text } });
    }
    if (type === 'WHERE' || type === 'HAVING') {
      const stop = clauseEnd(list, index);
      found.push({
        kind: 'dropped filter',
        edit: { start, end: stop, text: ' ' },
      });
    }
    const isNull = list[index - 1]?.type === 'IS';
    if (type === 'NOT' && !isNull && next) {
      found.push({ kind: 'dropped NOT', edit: { start, end, text: '' } });
    }
    if (type === 'LEFT' && next?.type !== 'L_PAREN') {
      const stop = next?.type === 'OUTER' ? next.end : end;
      found.push({ kind: 'join', edit: { start, end: stop, text: 'INNER' } });
    }
    if (
      type === 'JOIN' &&
      !/^(LEFT|RIGHT|FULL|OUTER|CROSS)$/.test(list[index - 1]?.type)
    ) {
      const inner = list[index - 1]?.type === 'INNER';
      found.push({
        kind: 'join',
        edit: {
          start: inner ? list[index - 1].start : start,
          end,
          text: 'LEFT JOIN',
        },
      });
    }
    if (type === 'NUMBER' && list[index - 1]?.type !== 'L_BRACKET') {
      const text = String(Number(token.text) + 1);
      found.push({ kind: 'literal', edit: { start, end, text } });
    }
  }
  return found;
}

function columnEdits(
  sql: string,
  dialect: SqlDialect,
  newFields: Array<{ name: string; type: ColumnType }>,
): Array<{ kind: string; edit: TextEdit }> {
  const statement = parseStatement(sql, dialect);
  const bare = new Set<number>();
  walkAst([statement], (kind, node) => {
    if (kind !== 'select') return;
    for (const output of childNodes(node, 'expressions')) {
      const span = spanOf(childNode(output, 'column'));
      if (span) bare.add(span.start);
    }
  });
  const types = new Map(
    newFields.map(field => [
      field.name.toLowerCase(),
      columnTypeSql(field.type),
    ]),
  );
  return columnsIn([statement]).flatMap(({ name, node }) => {
    const type = types.get(name.toLowerCase());
    const span = spanOf(node);
    const nameSpan = spanOf(childNode(node, 'name'));
    if (!type || !span || !nameSpan) return [];
    const suffix = bare.has(span.start) ? ` AS ${name}` : '';
    const text = sliceText(sql, span.start, span.end);
    const found = newFields
      .filter(
        field =>
          field.name.toLowerCase() !== name.toLowerCase() &&
          columnTypeSql(field.type) === type,
      )
      .slice(0, 3)
      .map(field => ({
        kind: 'wrong column',
        edit: { ...nameSpan, text: field.name + suffix },
      }));
    if (type === 'BIGINT' || type === 'DOUBLE') {
      found.push({
        kind: 'drift',
        edit: { ...span, text: `(${text} + 1)${suffix}` },
      });
    }
    if (type === 'VARCHAR') {
      found.push({
        kind: 'drift',
        edit: { ...span, text: `UPPER(${text})${suffix}` },
      });
    }
    if (type === 'BOOLEAN') {
      found.push({
        kind: 'negation',
        edit: { ...span, text: `(NOT ${text})${suffix}` },
      });
    }
    return found;
  });
}

/** Wrong versions of a query, at most `limit`, of as many kinds as possible. */
export function mutateQuery(
  sql: string,
  dialect: SqlDialect,
  newFields: Array<{ name: string; type: ColumnType }>,
  options: {
    random: Random;
    limit: number;
    /** Parts of the text to leave as they are, in code points. */
    except: Array<{ start: number; end: number }>;
  },
): Mutant[] {
  const list = tokens(sql, dialect);
  const all = [
    ...tokenEdits(list),
    ...columnEdits(sql, dialect, newFields),
  ].filter(
    ({ edit }) =>
      !options.except.some(
        range => edit.start >= range.start && edit.end <= range.end,
      ),
  );
  const byKind = new Map<string, TextEdit[]>();
  for (const { kind, edit } of options.random.shuffle(all)) {
    byKind.set(kind, [...(byKind.get(kind) ?? []), edit]);
  }
  const mutants: Mutant[] = [];
  while (mutants.length < options.limit && byKind.size > 0) {
    for (const [kind, edits] of [...byKind].sort(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      const edit = edits.pop();
      if (!edit || mutants.length >= options.limit) byKind.delete(kind);
      else mutants.push({ kind, sql: applyEdits(sql, [edit]) });
    }
  }
  return mutants;
}
