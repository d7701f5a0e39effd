import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import {
  CodeLanguage,
  ParsedTree,
  SourceParser,
} from '../treeSitter/CodeParser';
import { parseWithTreeSitter } from '../treeSitter/parseWithTreeSitter';
import { parseWithPolyglot } from './parseWithPolyglot';
import { ParsedSql } from './SqlParser';

/** Parses in this process: for tests, and inside the parser's own child process. */
export class InProcessParser implements SourceParser {
  async parse(sql: string, dialect: SqlDialect): Promise<ParsedSql> {
    return parseWithPolyglot(sql, dialect);
  }

  async parseTree(text: string, language: CodeLanguage): Promise<ParsedTree> {
    return parseWithTreeSitter(text, language);
  }

  async close(): Promise<void> {}
}
