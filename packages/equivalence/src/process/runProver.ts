import { ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { ProverLimits } from '../EquivalenceInput';
import { ProverMessage, ProverRequest } from './ProverRequest';

/** Why a child process ended. */
export type ProverEnd = 'done' | 'timeout' | 'memory' | 'crashed';

export interface ProverRun {
  end: ProverEnd;
  messages: ProverMessage[];
  /** The last words of a crashed process. */
  detail: string;
}

const MEMORY_CHECK_MS = 100;
/** Node.js, the parser and the engine before any work, measured. */
export const MEMORY_FLOOR_MB = 384;
/**
 * Optimizing the parser's 22 MB of WebAssembly takes four seconds of CPU and hundreds
 * of MiB, more than a process of a few queries ever gets back. Set later than at the
 * start of the process, Node 24 ignores it.
 */
const FLAGS = ['--liftoff-only'];
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Arguments for Node.js: TypeScript sources inside the monorepo, else the built entry. */
function entryArguments(): string[] {
  const entry = require.resolve('dataset-migration-equivalence/prover-process');
  return entry.endsWith('.ts')
    ? [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        entry,
      ]
    : [entry];
}

/** What a process needs to start at all; no setting or secret of ours goes along. */
function childEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'LD_LIBRARY_PATH', 'SystemRoot'].flatMap(name => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(kept), TZ: 'UTC' };
}

async function residentMb(child: ChildProcess): Promise<number> {
  try {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // No such file on other systems: there the engine's own limit holds.
    return 0;
  }
}

/**
 * Runs one request in a disposable child process without this process's
 * environment, and kills it when it overruns its limits.
 */
export async function runProver(
  request: ProverRequest,
  limits: ProverLimits,
): Promise<ProverRun> {
  const memoryMb = Math.max(limits.memoryMb, MEMORY_FLOOR_MB);
  const child = spawn(
    process.execPath,
    [
      ...FLAGS,
      `--max-old-space-size=${Math.floor(memoryMb / 2)}`,
      ...entryArguments(),
    ],
    { env: childEnvironment(), stdio: ['pipe', 'pipe', 'pipe'] },
  );
  const messages: ProverMessage[] = [];
  let end: ProverEnd | undefined;
  let pending = '';
  let detail = '';
  let received = 0;
  const stop = (reason: ProverEnd) => {
    end ??= reason;
    child.kill('SIGKILL');
  };
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    received += text.length;
    if (received > MAX_OUTPUT_BYTES) stop('memory');
    const lines = (pending + text).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) {
      try {
        messages.push(JSON.parse(line));
      } catch {
        detail = line.slice(0, 500);
      }
    }
  });
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    detail = (detail + text).slice(-2000);
  });
  // A child that dies early closes its input; its end says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(JSON.stringify(request));
  const deadline = setTimeout(() => stop('timeout'), limits.timeoutMs);
  const watch = setInterval(async () => {
    if ((await residentMb(child)) > memoryMb) stop('memory');
  }, MEMORY_CHECK_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    end ??= code === 0 ? 'done' : 'crashed';
  } catch (error) {
    end = 'crashed';
    detail = String(error);
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
  }
  return { end, messages, detail };
}
