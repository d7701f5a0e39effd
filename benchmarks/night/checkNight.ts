import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import type { Forge, ForgeLogEntry } from 'demo-fleet';

export interface NightResult {
  pullRequests: number;
  /** Requests that the forge refused for its limits. */
  violations: number;
  /** Pull requests beyond the first of a consumer. */
  duplicates: number;
  /** Consumers without a pull request, or whose branch is not one commit ahead. */
  missing: number;
}

/** Reads what happened from the forge's own log and the bare repositories, never from our tables. */
export async function checkNight(
  forge: Forge,
  logFile: string,
  count: number,
): Promise<NightResult> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').filter(Boolean);
  const entries = lines.map(line => JSON.parse(line) as ForgeLogEntry);
  const opened = new Map<string, number>();
  for (const { kind, action, repository } of entries) {
    if (kind === 'pull' && action === 'opened' && repository) {
      opened.set(repository, (opened.get(repository) ?? 0) + 1);
    }
  }
  const consumers = forge
    .repositories()
    .filter(each => each.name.startsWith('consumer-'));
  if (consumers.length !== count) {
    throw new Error(`The forge has ${consumers.length} consumers.`);
  }
  const isThere = (each: (typeof consumers)[number]) =>
    opened.has(`${each.owner}/${each.name}`) && isOneAhead(each.gitDir);
  const numbers = [...opened.values()];
  return {
    pullRequests: numbers.reduce((sum, each) => sum + each, 0),
    violations: entries.filter(each => each.kind === 'limit').length,
    duplicates: numbers.reduce((sum, each) => sum + each - 1, 0),
    missing: consumers.filter(each => !isThere(each)).length,
  };
}

function isOneAhead(gitDir: string): boolean {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', gitDir, ...args], { encoding: 'utf8' }).trim();
  const branches = git(
    'for-each-ref',
    '--format=%(objectname)',
    'refs/heads/dataset-migration/',
  );
  return (
    /^[0-9a-f]{40}$/.test(branches) &&
    git('rev-list', '--count', `main..${branches}`) === '1'
  );
}
