import { spawn } from 'child_process';
import { RunFailure } from '../run/RunFailure';

/** Nothing that a repository or machine configures has a say. */
const FIXED_OPTIONS = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.autocrlf=false',
  '-c',
  'core.protectHFS=true',
  '-c',
  'core.protectNTFS=true',
  '-c',
  'gc.auto=0',
];

/** What one command is given, and what it may answer. */
export interface GitOptions {
  input?: Buffer | string | NodeJS.ReadableStream;
  /** File of a temporary index. */
  index?: string;
  /** Exit codes that are no error; 0 where absent. */
  accept?: number[];
  /** Largest output in bytes. */
  maxOutput?: number;
}

/**
 * The git program on one bare repository of hostile content. It sees neither the
 * person's nor the machine's configuration, and no hooks, filters or helpers.
 */
export class Git {
  constructor(
    readonly directory: string,
    private readonly home: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Runs one command and returns its standard output. */
  async run(args: string[], options: GitOptions = {}): Promise<Buffer> {
    this.signal.throwIfAborted();
    const child = spawn('git', [...FIXED_OPTIONS, ...args], {
      cwd: this.home,
      env: this.#environment(options.index),
      stdio: ['pipe', 'pipe', 'pipe'],
      signal: this.signal,
      killSignal: 'SIGKILL',
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    const maxOutput = options.maxOutput ?? 256 * 1024 * 1024;
    let size = 0;
    let tooLarge = false;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxOutput) {
        tooLarge = true;
        child.kill('SIGKILL');
      } else {
        output.push(chunk);
      }
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errors.length < 100) {
        errors.push(chunk);
      }
    });
    // git may end before it read everything; its exit code tells why.
    child.stdin.on('error', () => undefined);
    const { input } = options;
    if (typeof input === 'object' && 'pipe' in input) {
      input.pipe(child.stdin);
    } else {
      child.stdin.end(input ?? '');
    }
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    this.signal.throwIfAborted();
    if (tooLarge) {
      throw new RunFailure(
        'SOURCE_TOO_LARGE',
        `git ${args[0]} wrote more than ${maxOutput} bytes`,
        false,
      );
    }
    if (code === null || !(options.accept ?? [0]).includes(code)) {
      const said = Buffer.concat(errors).toString('utf8').trim().slice(0, 1000);
      throw new RunFailure(
        `GIT_${args[0].toUpperCase().replace(/-/g, '_')}_FAILED`,
        `git ${args[0]} ended with ${code}: ${said}`,
        false,
      );
    }
    return Buffer.concat(output);
  }

  #environment(index: string | undefined): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }),
      HOME: this.home,
      XDG_CONFIG_HOME: this.home,
      LC_ALL: 'C',
      GIT_DIR: this.directory,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_ATTR_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_REPLACE_OBJECTS: '1',
      ...(index && { GIT_INDEX_FILE: index }),
    };
  }
}
