/**
 * The parser's own process, started by `ChildParser`. It answers one message at
 * a time and ends when its parent goes. A trap inside the parser ends it, because
 * a trapped WebAssembly instance gives wrong answers from then on.
 */
import type { ParseQuestion } from './parser/ChildParser';
import { parseWithPolyglot } from './parser/parseWithPolyglot';
import { parseWithTreeSitter } from './treeSitter/parseWithTreeSitter';

type ParseRequest = ParseQuestion & { id: number };

async function answer(request: ParseRequest) {
  try {
    const result =
      'sql' in request
        ? await parseWithPolyglot(request.sql, request.dialect)
        : await parseWithTreeSitter(request.code, request.language);
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
