import { createHash } from 'crypto';
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { MAX_TEXT_LENGTH } from '../parser/ChildParser';
import { ParsedSql } from '../parser/SqlParser';
import {
  CodeLanguage,
  ParsedTree,
  SourceParser,
} from '../treeSitter/CodeParser';
import { Journal } from './Journal';

interface Limit {
  ok: false;
  kind: 'limit';
  message: string;
}

/**
 * Parses in the codemod's own process, and says before each text which one it is. Over
 * a text with which an earlier process broke down it gives up at once.
 */
export class JournaledParser implements SourceParser {
  constructor(
    readonly inner: SourceParser,
    readonly journal: Journal,
    readonly lost: ReadonlyMap<string, string>,
  ) {}

  parse(sql: string, dialect: SqlDialect): Promise<ParsedSql> {
    return this.#guarded(dialect, sql, () => this.inner.parse(sql, dialect));
  }

  parseTree(text: string, language: CodeLanguage): Promise<ParsedTree> {
    return this.#guarded(language, text, () =>
      this.inner.parseTree(text, language),
    );
  }

  async close(): Promise<void> {}

  async #guarded<T>(
    language: string,
    text: string,
    parse: () => Promise<T>,
  ): Promise<T | Limit> {
    const digest = createHash('sha1')
      .update(`${language}\n`)
      .update(text)
      .digest('hex');
    const message =
      text.length > MAX_TEXT_LENGTH
        ? 'The text is too long to parse'
        : this.lost.get(digest);
    if (message !== undefined) {
      return { ok: false, kind: 'limit', message };
    }
    this.journal.enterText(digest);
    const parsed = await parse().catch((error): never => {
      // A trapped WebAssembly instance gives wrong answers from then on.
      process.stderr.write(`${error}\n`);
      return process.exit(70);
    });
    this.journal.leaveText();
    return parsed;
  }
}
