/**
 * The parser's own process, started by `ChildParser`. It answers one message at
 * a time and ends when its parent goes. A trap inside the parser ends it, because
 * a trapped WebAssembly instance gives wrong answers from then on.
 */
import { SqlDialect } from 'backstage-plugin-dataset-migration-common';
import { parseWithPolyglot } from './parser/parseWithPolyglot';

interface ParseRequest {
  id: number;
  sql: string;
  dialect: SqlDialect;
}

async function answer(request: ParseRequest) {
  try {
    const result = await parseWithPolyglot(request.sql, request.dialect);
    process.send?.({ id: request.id, result });
  } catch (error) {
    process.stderr.write(`${error}\n`, () => process.exit(70));
  }
}

process.on('message', message => {
  void answer(message as ParseRequest);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
