import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import {
  RewrittenStatement,
  SqlParser,
} from 'dataset-migration-consumer-codemod';
import { EvidenceReason } from '../reasons';

/**
 * The queries of a file that a person edited, old and new by their position. The
 * codemod's statements for the old file tell what is known of each.
 *
 * @returns the statements that differ, or why they cannot be paired.
 */
export async function pairStatements(options: {
  path: string;
  before: string;
  after: string;
  known: RewrittenStatement[];
  parser: SqlParser;
  dialect: SqlDialect;
}): Promise<{ statements: RewrittenStatement[] } | { reason: EvidenceReason }> {
  const { path, before, after, known, parser, dialect } = options;
  if (!/\.sql$/i.test(path)) {
    return { reason: 'EDITED_FILE_NOT_SQL' };
  }
  if (/\{[{%#]/.test(before) || /\{[{%#]/.test(after)) {
    return { reason: 'EDITED_TEMPLATE' };
  }
  const old = await split(before, parser, dialect);
  const next = await split(after, parser, dialect);
  if (!old || !next) {
    return { reason: 'PARSE_FAILED' };
  }
  if (old.length !== next.length) {
    return { reason: 'EDITED_STATEMENTS_DIFFER' };
  }
  const statements: RewrittenStatement[] = [];
  for (const [index, oldSql] of old.entries()) {
    const newSql = next[index];
    if (oldSql === newSql) {
      continue;
    }
    const label = `statement ${index + 1}`;
    const own = known.find(
      each => each.label === label || each.label.startsWith(`${label},`),
    );
    statements.push({
      label,
      oldSql,
      newSql,
      tables: own?.tables ?? [],
      ordered: own?.ordered ?? /\border\s+by\b/i.test(oldSql),
    });
  }
  return { statements };
}

/** The statements of a script; undefined where it does not parse. */
async function split(
  sql: string,
  parser: SqlParser,
  dialect: SqlDialect,
): Promise<string[] | undefined> {
  const parsed = await parser.parse(sql, dialect);
  if (!parsed.ok) {
    return undefined;
  }
  const statements: string[] = [];
  let start = 0;
  for (const token of parsed.tokens) {
    if (token.kind === 'symbol' && token.text === ';') {
      statements.push(sql.slice(start, token.start).trim());
      start = token.end;
    }
  }
  statements.push(sql.slice(start).trim());
  return statements.filter(Boolean);
}
