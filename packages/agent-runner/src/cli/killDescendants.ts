import { readFileSync } from 'fs';

/**
 * Ends every process that this one started, and what those started, so that no
 * parser, prover or git outlives the runner. Where the system does not list them,
 * their own limits end them.
 */
export function killDescendants(parent: number = process.pid): void {
  for (const pid of childrenOf(parent)) {
    killDescendants(pid);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number);
  } catch {
    return [];
  }
}
