import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { applyEdits, TextEdit } from './applyEdits';
import { groupByAliasEdits } from './aliasEdits';
import { findTables, TableReference } from './findTables';
import { fixUp } from './fixUp';
import { formatCastEdits } from './formatCasts';
import { instantCastEdits, nameInstants } from './instantCasts';
import { pivotNameEdits } from './pivotNames';
import { parseStatement, tokens, transpileToDuckDb } from './polyglot';
import { renameShimmedFunctions } from './shims';

/** Gives the local name of a table that a query reads. */
export type LocalTables = (table: TableReference) => string;

function quoted(name: string, dialect: SqlDialect): string {
  return dialect === 'bigquery' ? `\`${name}\`` : `"${name}"`;
}

/**
 * Translates a frozen query to DuckDB, with every table reference replaced by
 * the local table that stands for it. A reference without an alias keeps its
 * old name as one, so that qualified columns go on resolving.
 *
 * @throws TranslationError when the query cannot be read or has no DuckDB form
 */
export function translateQuery(
  sql: string,
  dialect: SqlDialect,
  localTables: LocalTables,
): string {
  const shimmed = renameShimmedFunctions(sql, dialect);
  const statement = parseStatement(shimmed, dialect);
  const list = tokens(shimmed, dialect);
  const following = new Map(
    list.map((token, index) => [token.end, list[index + 1]?.type]),
  );
  const edits: TextEdit[] = findTables(statement).map(table => {
    const local = quoted(localTables(table), dialect);
    const alias =
      table.hasAlias || following.get(table.end) === 'ALIAS'
        ? ''
        : ` AS ${quoted(table.alias, dialect)}`;
    return { start: table.start, end: table.end, text: local + alias };
  });
  edits.push(...groupByAliasEdits(statement));
  if (dialect === 'bigquery') {
    edits.push(
      ...instantCastEdits(list),
      ...formatCastEdits(list),
      ...pivotNameEdits(list),
    );
  }
  return nameInstants(
    fixUp(transpileToDuckDb(applyEdits(shimmed, edits), dialect), shimmed),
  );
}
