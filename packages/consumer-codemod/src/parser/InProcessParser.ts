import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { parseWithPolyglot } from './parseWithPolyglot';
import { ParsedSql, SqlParser } from './SqlParser';

/** Parses in this process: for tests, and inside the parser's own child process. */
export class InProcessParser implements SqlParser {
  async parse(sql: string, dialect: SqlDialect): Promise<ParsedSql> {
    return parseWithPolyglot(sql, dialect);
  }

  async close(): Promise<void> {}
}
