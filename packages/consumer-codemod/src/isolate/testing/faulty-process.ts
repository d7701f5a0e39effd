/**
 * The codemod's process with rewriters that do what a comment of the file says, and must
 * not cost other files anything. For tests only.
 */
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { InProcessParser } from '../../parser/InProcessParser';
import { ParsedSql } from '../../parser/SqlParser';
import { FileRewriter } from '../../rewrite/FileRewriter';
import { FILE_REWRITERS } from '../../rewriters';
import { serveCodemod } from '../serveCodemod';

const FAULTS: Record<string, () => unknown> = {
  loop: () => {
    for (;;);
  },
  pattern: () => /^(a+)+$/.test(`${'a'.repeat(50)}b`),
  heap: () => {
    const all: string[][] = [];
    for (;;) {
      all.push(Array.from({ length: 100_000 }, () => `${Math.random()}`));
    }
  },
  native: () => {
    const all: Buffer[] = [];
    for (;;) {
      all.push(Buffer.alloc(50_000_000, 1));
    }
  },
  exit: () => process.exit(3),
  kill: () => process.kill(process.pid, 'SIGKILL'),
  throw: () => {
    throw new TypeError('x is not iterable');
  },
  stack: function again(): unknown {
    return [again()];
  },
};

function failAsTold(text: string, who: string) {
  const fault = new RegExp(`${who}: (\\w+)`).exec(text);
  if (fault) {
    FAULTS[fault[1]]();
  }
}

class FaultyParser extends InProcessParser {
  async parse(sql: string, dialect: SqlDialect): Promise<ParsedSql> {
    failAsTold(sql, 'parser');
    return super.parse(sql, dialect);
  }
}

serveCodemod({
  parser: new FaultyParser(),
  rewriters: FILE_REWRITERS.map(
    (rewriter): FileRewriter => ({
      accepts: path => rewriter.accepts(path),
      rewrite: async (file, context) => {
        failAsTold(file.text, 'fault');
        return rewriter.rewrite(file, context);
      },
    }),
  ),
});
