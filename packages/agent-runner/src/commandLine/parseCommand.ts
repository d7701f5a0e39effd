import { parseArgs } from 'util';
import { InputError } from '@backstage/errors';
import { COMMANDS, CommandName } from './CommandDocument';

/** A command with its options, checked. */
export interface Command {
  name: CommandName;
  plan: string;
  /** Absent for `check` only. */
  repo: string;
  paths: string[];
  answers?: string;
  /** `duckdb:FILE`, or a directory. */
  connection?: string;
  seed: number;
  timeoutMs: number;
  write: boolean;
  json: boolean;
}

export type CommandRequest =
  | { kind: 'command'; command: Command }
  | { kind: 'help'; command?: CommandName }
  | { kind: 'version' };

/** Which options a command takes beside `--plan` and `--json`. */
const ALLOWED: Record<CommandName, readonly string[]> = {
  check: ['connection', 'timeout'],
  usage: ['repo', 'paths', 'answers', 'timeout'],
  rewrite: ['repo', 'paths', 'answers', 'timeout', 'write'],
  verify: ['repo', 'paths', 'answers', 'connection', 'seed', 'timeout'],
};

const MAX_SEED = 0xffffffff;
const MAX_TIMEOUT_S = 24 * 60 * 60;
const TRY_HELP = 'Try dataset-migration --help.';

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        plan: { type: 'string' },
        repo: { type: 'string' },
        paths: { type: 'string', multiple: true },
        answers: { type: 'string' },
        connection: { type: 'string' },
        seed: { type: 'string' },
        timeout: { type: 'string' },
        write: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new InputError(
      `${error instanceof Error ? error.message : error}\n${TRY_HELP}`,
    );
  }
}

/** @throws InputError that says what to do. */
export function parseCommand(args: string[]): CommandRequest {
  const { values, positionals } = read(args);
  if (values.version) {
    return { kind: 'version' };
  }
  const [word, ...rest] = positionals;
  const name = COMMANDS.find(each => each === word);
  if (values.help || (word === undefined && args.length === 0)) {
    return { kind: 'help', ...(name && { command: name }) };
  }
  if (!name) {
    throw new InputError(
      word === undefined
        ? `Name a command: ${COMMANDS.join(', ')}. ${TRY_HELP}`
        : `There is no command "${word}"; there are ${COMMANDS.join(
            ', ',
          )}. ${TRY_HELP}`,
    );
  }
  if (rest.length > 0) {
    throw new InputError(
      `"${rest[0]}" is not expected after ${name}. Quote globs, and give files with their option. ${TRY_HELP}`,
    );
  }
  const { plan, repo } = values;
  if (!plan) {
    throw new InputError(`${name} needs --plan FILE. ${TRY_HELP}`);
  }
  const stray = Object.keys(values).find(
    each => !['plan', 'json', ...ALLOWED[name]].includes(each),
  );
  if (stray) {
    throw new InputError(`${name} takes no --${stray}. ${TRY_HELP}`);
  }
  if (name !== 'check' && !repo) {
    throw new InputError(`${name} needs --repo DIR. ${TRY_HELP}`);
  }
  return {
    kind: 'command',
    command: {
      name,
      plan,
      repo: repo ?? '.',
      paths: values.paths ?? [],
      ...(values.answers !== undefined && { answers: values.answers }),
      ...(values.connection !== undefined && {
        connection: values.connection,
      }),
      seed: wholeNumber('seed', values.seed ?? '1', 0, MAX_SEED),
      timeoutMs:
        wholeNumber('timeout', values.timeout ?? '1800', 1, MAX_TIMEOUT_S) *
        1000,
      write: values.write ?? false,
      json: values.json ?? false,
    },
  };
}

function wholeNumber(
  option: string,
  text: string,
  min: number,
  max: number,
): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new InputError(
      `--${option} must be a whole number from ${min} to ${max}. ${TRY_HELP}`,
    );
  }
  return value;
}
