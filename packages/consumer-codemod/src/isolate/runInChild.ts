import { ChildProcess } from 'child_process';
import { CodemodReply, CodemodRequest } from './CodemodRequest';
import { Journal, JournalEntry } from './Journal';
import { StepClock } from './StepClock';
import { residentMb } from './startChild';

/** How a request to a process of the codemod ended. */
export type ChildEnd =
  | { kind: 'done'; result: (CodemodReply & { kind: 'done' })['result'] }
  | {
      /** `broke`: an exception; the process itself is sound. */
      kind: 'timeout' | 'memory' | 'ended' | 'broke';
      message: string;
      /** What it worked on. */
      at: JournalEntry | undefined;
    };

export interface ChildLimits {
  /** For one file, in milliseconds. */
  fileMs: number;
  /** For one text that is parsed, in milliseconds. */
  textMs: number;
  /** Resident memory, in MiB. */
  memoryMb: number;
}

const WATCH_MS = 100;

/** Asks a process to rewrite a consumer, and watches it meanwhile. */
export function runInChild(options: {
  child: ChildProcess;
  request: CodemodRequest;
  journal: Journal;
  limits: ChildLimits;
  /** A file is done. */
  onFile(result: (CodemodReply & { kind: 'file' })['result']): void;
}): Promise<ChildEnd> {
  const { child, request, journal, limits } = options;
  return new Promise(resolve => {
    let finished = false;
    let watch: NodeJS.Timeout | undefined = undefined;
    const finish = (end: ChildEnd) => {
      if (!finished) {
        finished = true;
        clearInterval(watch);
        child.removeAllListeners();
        // What goes wrong while it is being ended is of no interest.
        child.on('error', () => undefined);
        resolve(end);
      }
    };
    const stop = (
      kind: Exclude<ChildEnd['kind'], 'done'>,
      message: string,
      at = journal.read(),
    ) => finish({ kind, message, at });
    const clock = new StepClock();
    watch = setInterval(async () => {
      const at = journal.read();
      const { file, text } = clock.tick(at);
      if (at && text > limits.textMs) {
        stop('timeout', 'The parser ran out of time', at);
      } else if (at && file > limits.fileMs) {
        const seconds = Math.round(limits.fileMs / 1000);
        const { digest: _, ...rest } = at;
        stop('timeout', `more than ${seconds} seconds`, rest);
      } else if ((await residentMb(child.pid)) > limits.memoryMb) {
        stop('memory', 'out of memory');
      }
    }, WATCH_MS);
    child.on('message', message => {
      const reply = message as CodemodReply;
      if (reply.id !== request.id) {
        return;
      }
      if (reply.kind === 'file') {
        options.onFile(reply.result);
      } else if (reply.kind === 'done') {
        finish({ kind: 'done', result: reply.result });
      } else {
        stop('broke', reply.message);
      }
    });
    child.on('error', error => stop('ended', String(error)));
    child.on('exit', (code, signal) => {
      // V8 aborts where its heap is full.
      const full = signal === 'SIGABRT' || code === 134;
      stop(
        full ? 'memory' : 'ended',
        full ? 'out of memory' : `the process ended with ${signal ?? code}`,
      );
    });
    child.send(request, error => {
      if (error) {
        stop('ended', String(error));
      }
    });
  });
}
