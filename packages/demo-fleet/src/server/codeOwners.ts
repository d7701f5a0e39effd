import { minimatch } from 'minimatch';
import type { RepositoryRecord } from '../store/records';
import type { ForgeContext } from './ForgeContext';

// Where GitHub looks, in its order; the first file found counts alone.
const PLACES = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'];

/** Whether a pattern of a CODEOWNERS file names a path. */
export function ownsPath(pattern: string, path: string): boolean {
  const anchored = pattern.replace(/\/$/, '').includes('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const prefix = anchored ? '' : '**/';
  const options = { dot: true, nocomment: true, nonegate: true };
  return (
    (!pattern.endsWith('/') && minimatch(path, prefix + body, options)) ||
    // "docs/*" stops at one level, "docs/" and "docs" take everything below.
    (!body.endsWith('/*') && minimatch(path, `${prefix}${body}/**`, options))
  );
}

/** Accounts and teams that the base branch's CODEOWNERS asks to review the paths; the last matching line wins. */
export async function codeOwners(
  context: ForgeContext,
  repository: RepositoryRecord,
  base: string,
  paths: readonly string[],
): Promise<{ users: string[]; teams: string[] }> {
  const git = context.repositories.git(repository);
  let text = '';
  for (const place of PLACES) {
    const [entry] = await git.tree(base, { path: place });
    if (entry?.type === 'blob') {
      text = (await git.blob(entry.sha)).toString('utf8');
      break;
    }
  }
  const rules = text
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)
    .map(line => line.split(/\s+/));
  const users = new Set<string>();
  const teams = new Set<string>();
  for (const path of paths) {
    let owners: string[] = [];
    for (const [pattern, ...named] of rules) {
      if (ownsPath(pattern, path)) {
        owners = named;
      }
    }
    for (const owner of owners) {
      const [, account, team] = /^@([^/]+)(?:\/(.+))?$/.exec(owner) ?? [];
      if (team && context.teams.includes(team)) {
        teams.add(team);
      } else if (account && !team && context.accounts.find(account)) {
        users.add(context.accounts.get(account).login);
      }
    }
  }
  return { users: [...users], teams: [...teams] };
}
