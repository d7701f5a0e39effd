import { ChildProcess } from 'child_process';
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { residentMb, startChild } from '../isolate/startChild';
import {
  CodeLanguage,
  ParsedTree,
  SourceParser,
} from '../treeSitter/CodeParser';
import { ParsedSql } from './SqlParser';

export interface ChildParserOptions {
  /** For one text, in milliseconds; 20 s by default. */
  timeoutMs?: number;
  /**
   * Limit of the child's resident memory, in MiB; 1024 by default. WebAssembly memory
   * is outside of the heap that Node limits, so it is watched from here where the
   * system tells it (Linux).
   */
  memoryMb?: number;
  /** The module to start; the package's own `./parser-process` by default. */
  entry?: string;
}

/** Cap the tokens and tree of one text: what is longer is not written by hand. */
export const MAX_TEXT_LENGTH = 2_000_000;

/** What the parser's process is asked, without the number of the question. */
export type ParseQuestion =
  | { sql: string; dialect: SqlDialect }
  | { code: string; language: CodeLanguage };

interface Limit {
  ok: false;
  kind: 'limit';
  message: string;
}

function limit(message: string): Limit {
  return { ok: false, kind: 'limit', message };
}

/**
 * Runs the parser in a disposable child process: a trap, a loop or a memory
 * explosion is a verdict for that one text, and the next text gets a new process.
 * Worker threads would not do, because they do not bound WebAssembly memory.
 */
export class ChildParser implements SourceParser {
  readonly #options: Required<ChildParserOptions>;
  #child: ChildProcess | undefined;
  #nextId = 1;
  /** Texts are parsed one after the other, so that a crash has one culprit. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ChildParserOptions = {}) {
    this.#options = {
      timeoutMs: options.timeoutMs ?? 20_000,
      memoryMb: options.memoryMb ?? 1024,
      entry:
        options.entry ??
        require.resolve('dataset-migration-consumer-codemod/parser-process'),
    };
  }

  parse(sql: string, dialect: SqlDialect): Promise<ParsedSql> {
    return this.#ask<ParsedSql>(sql, { sql, dialect });
  }

  parseTree(text: string, language: CodeLanguage): Promise<ParsedTree> {
    return this.#ask<ParsedTree>(text, { code: text, language });
  }

  async close(): Promise<void> {
    this.#end();
  }

  #start(): ChildProcess {
    const { entry, memoryMb } = this.#options;
    const child = startChild(entry, memoryMb);
    this.#child = child;
    return child;
  }

  #end() {
    const child = this.#child;
    this.#child = undefined;
    child?.removeAllListeners();
    child?.on('error', () => undefined);
    child?.kill('SIGKILL');
  }

  #ask<T>(text: string, question: ParseQuestion): Promise<T | Limit> {
    if (text.length > MAX_TEXT_LENGTH) {
      return Promise.resolve(limit('The text is too long to parse'));
    }
    const result = this.#queue.then(() => this.#parseNow<T>(question));
    this.#queue = result.catch(() => undefined);
    return result;
  }

  #parseNow<T>(question: ParseQuestion): Promise<T | Limit> {
    const child = this.#child ?? this.#start();
    const id = this.#nextId++;
    return new Promise(resolve => {
      let timer: NodeJS.Timeout | undefined = undefined;
      let watch: NodeJS.Timeout | undefined = undefined;
      let finished = false;
      const finish = (result: T | Limit, reusable: boolean) => {
        if (finished) {
          return;
        }
        finished = true;
        clearTimeout(timer);
        clearInterval(watch);
        child.removeAllListeners();
        if (!reusable) {
          this.#end();
        }
        resolve(result);
      };
      timer = setTimeout(
        () => finish(limit('The parser ran out of time'), false),
        this.#options.timeoutMs,
      );
      watch = setInterval(async () => {
        const used = await residentMb(child.pid);
        if (used > this.#options.memoryMb) {
          finish(limit('The parser ran out of memory'), false);
        }
      }, 100);
      child.on('message', message => {
        const reply = message as { id?: number; result?: T };
        if (reply.id === id && reply.result) {
          finish(reply.result, true);
        }
      });
      child.on('error', error => finish(limit(`${error}`), false));
      child.on('exit', () =>
        finish(limit('The parser process ended while it parsed'), false),
      );
      child.send({ id, ...question }, error => {
        if (error) {
          finish(limit(`${error}`), false);
        }
      });
    });
  }
}
