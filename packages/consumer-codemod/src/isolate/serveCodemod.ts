import { InProcessParser } from '../parser/InProcessParser';
import { FileRewriter } from '../rewrite/FileRewriter';
import { rewriteConsumer } from '../rewriteConsumer';
import { SourceParser } from '../treeSitter/CodeParser';
import { CodemodReply, CodemodRequest } from './CodemodRequest';
import { endWithParent } from './endWithParent';
import { Journal } from './Journal';
import { JournaledGuard } from './JournaledGuard';
import { JournaledParser } from './JournaledParser';

/** The journal's place among the files that the process is started with. */
export const JOURNAL_DESCRIPTOR = 4;

/** What tests put in the place of the codemod's own. */
export interface ServeOptions {
  rewriters?: readonly FileRewriter[];
  parser?: SourceParser;
}

/**
 * The codemod's side of `ChildCodemod`: rewrites one consumer at a time, and ends when
 * its parent goes.
 */
export function serveCodemod(options: ServeOptions = {}): void {
  endWithParent();
  const journal = new Journal(JOURNAL_DESCRIPTOR);
  process.on('message', message => {
    void answer(message as CodemodRequest, journal, options);
  });
  process.on('disconnect', () => process.exit(0));
}

async function answer(
  { id, input, known, lost, lostTexts }: CodemodRequest,
  journal: Journal,
  { rewriters, parser = new InProcessParser() }: ServeOptions,
): Promise<void> {
  const say = (reply: CodemodReply) => process.send?.(reply);
  try {
    const { files, ...result } = await rewriteConsumer({
      ...input,
      parser: new JournaledParser(parser, journal, lostTexts),
      guard: new JournaledGuard({
        journal,
        known,
        lost,
        say: file => say({ id, kind: 'file', result: file }),
      }),
      ...(rewriters && { rewriters }),
    });
    const changed = files.map(({ before: _, ...file }) => file);
    say({ id, kind: 'done', result: { ...result, files: changed } });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    say({ id, kind: 'broke', message });
  }
}
