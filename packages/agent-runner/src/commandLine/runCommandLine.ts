import { isError } from '@backstage/errors';
import { killDescendants } from '../cli/killDescendants';
import { CommandDocument } from './CommandDocument';
import { checkPlanFile } from './commands/checkPlanFile';
import { checkRepository } from './commands/checkRepository';
import { Output } from './Output';
import { Command, parseCommand } from './parseCommand';
import { emptyDocument } from './report/emptyDocument';
import { usageText } from './usageText';
import { version } from '../../package.json';

/** How the process ends. */
const EXIT_CODES: Record<CommandDocument['outcome'], number> = {
  done: 0,
  'needs-person': 1,
  'bad-input': 2,
  broken: 70,
};
const TERMINATED = 130;
/** What the person can mend: the command line, a file, the state of the directory. */
const INPUT_ERRORS = ['InputError', 'ConflictError'];

/** The command line program `dataset-migration`. */
export async function runCommandLine(args: string[]): Promise<void> {
  const stop = new AbortController();
  const terminate = () => {
    stop.abort();
    end(TERMINATED);
  };
  process.on('SIGTERM', terminate);
  process.on('SIGINT', terminate);
  // Whoever reads the report may close it early, as `head` does.
  process.stdout.on('error', () => end(TERMINATED));
  const code = await codeOf(args, stop.signal);
  await flushed();
  end(code);
}

async function codeOf(args: string[], signal: AbortSignal): Promise<number> {
  const plain = new Output({ json: false, patchOnly: false });
  try {
    const request = parseCommand(args);
    if (request.kind === 'help') {
      plain.lines(usageText(request.command).split('\n'));
      return EXIT_CODES.done;
    }
    if (request.kind === 'version') {
      plain.lines([version]);
      return EXIT_CODES.done;
    }
    return await run(request.command, signal);
  } catch (error) {
    return failed(error, plain);
  }
}

async function run(command: Command, signal: AbortSignal): Promise<number> {
  const output = new Output({
    json: command.json,
    patchOnly: command.name === 'rewrite' && !command.write,
  });
  try {
    const document =
      command.name === 'check'
        ? await checkPlanFile(command, output)
        : await checkRepository(command, output, signal);
    output.document(document);
    return EXIT_CODES[document.outcome];
  } catch (error) {
    output.document({
      ...emptyDocument(command.name, undefined, []),
      outcome: outcomeOf(error),
      error: {
        name: isError(error) ? error.name : 'Error',
        message: isError(error) ? error.message : String(error),
      },
    });
    return failed(error, output);
  }
}

function failed(error: unknown, output: Output): number {
  output.error(
    `dataset-migration: ${isError(error) ? error.message : String(error)}`,
  );
  return EXIT_CODES[outcomeOf(error)];
}

function outcomeOf(error: unknown): 'bad-input' | 'broken' {
  return isError(error) && INPUT_ERRORS.includes(error.name)
    ? 'bad-input'
    : 'broken';
}

async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise<void>(resolve => stream.write('', () => resolve()));
  }
}

/** Whatever a library left open does not keep the process. */
function end(code: number): never {
  killDescendants();
  process.exit(code);
}
