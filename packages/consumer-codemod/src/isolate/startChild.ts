import { ChildProcess, fork } from 'child_process';
import { readFile } from 'fs/promises';

/**
 * Optimizing the parser's 22 MB of WebAssembly takes seconds of CPU and hundreds of MiB,
 * more than one consumer gets back. Set later than at its start, Node 24 ignores it.
 */
const FLAGS = ['--liftoff-only'];

/**
 * Starts a module that reads hostile text. It is given no environment but the search
 * path: credentials of whoever starts it are none of its business.
 *
 * @param entry - a module's file; sources are compiled as they are loaded.
 * @param memoryMb - limit of its heap, in MiB.
 * @param descriptors - of files that it shares, from its descriptor 4 on.
 */
export function startChild(
  entry: string,
  memoryMb: number,
  descriptors: readonly number[] = [],
): ChildProcess {
  const transform = entry.endsWith('.ts')
    ? ['--require', require.resolve('@backstage/cli/config/nodeTransform.cjs')]
    : [];
  return fork(entry, [], {
    execArgv: [
      ...transform,
      ...FLAGS,
      `--max-old-space-size=${Math.ceil(memoryMb)}`,
    ],
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', ...descriptors],
    serialization: 'advanced',
  });
}

/**
 * Resident memory of a process in MiB; 0 where the system does not tell (all but Linux).
 * WebAssembly memory is outside of the heap that Node limits.
 */
export async function residentMb(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(status.match(/^VmRSS:\s+(\d+) kB/m)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
