import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Enough of the output of a process to explain why it failed. */
const KEPT_OUTPUT = 8_000;

/** A TypeScript file that runs in a process of its own. */
export interface ForkedScript<TAnswer> {
  /** What it reports; rejects when it ends without. */
  answer: Promise<TAnswer>;
  /** Asks it to end, and after a while insists. */
  stop(): Promise<void>;
}

/** What a script is sent and sends, apart from what the module loader says. */
interface Message {
  type: string;
  value: unknown;
}

/**
 * Runs a file of this folder, which gets `input` through `receiveInput`.
 *
 * @param flags - of Node.js, for this process
 */
export function forkScript<TAnswer>(
  file: string,
  input: object,
  flags: string[] = [],
): ForkedScript<TAnswer> {
  const child = fork(path.join(__dirname, file), {
    execArgv: [
      ...flags,
      '--require',
      require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
    ],
    env: { ...process.env, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  const answer = readAnswer<TAnswer>(child, file);
  // Whoever stops it before it answers does not ask for the answer.
  answer.catch(() => {});
  child.send({ type: 'input', value: input });
  return {
    answer,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (child.connected) child.disconnect();
      const insist = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(insist);
    },
  };
}

/** In the forked process: what it was given. */
export function receiveInput<TInput>(): Promise<TInput> {
  return new Promise(resolve => {
    process.on('message', (message: Message) => {
      if (message.type === 'input') resolve(message.value as TInput);
    });
  });
}

/** In the forked process: reports the answer. */
export function sendAnswer(value: object): Promise<void> {
  return new Promise(resolve => {
    process.send?.({ type: 'answer', value }, undefined, undefined, () =>
      resolve(),
    );
  });
}

function readAnswer<TAnswer>(
  child: ChildProcess,
  file: string,
): Promise<TAnswer> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', chunk => {
      output = (output + chunk).slice(-KEPT_OUTPUT);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('message', (message: Message) => {
      if (message.type === 'answer') resolve(message.value as TAnswer);
    });
    child.once('error', reject);
    child.once('exit', code =>
      reject(new Error(`${file} ended with ${code}:\n${output}`)),
    );
  });
}
