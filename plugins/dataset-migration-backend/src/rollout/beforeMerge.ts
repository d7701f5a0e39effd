import { LocalRepository } from '../git/LocalRepository';

/** GitHub rebases no more commits than this. */
const MAX_COMMITS = 100;

/** What the forge says about a pull request that is merged. */
export interface MergedPullRequest {
  mergedCommit: string;
  /** The last commit of its branch, as people and we left it. */
  headCommit?: string;
  /** How many commits it had; absent where the forge did not say. */
  commits?: number;
}

/**
 * The commit of the base branch before anything of a pull request was merged: the first parent
 * of a merge commit or a squashed one, and what lies below all of the commits of a rebase, which
 * the forge names only the last of. They are recognised by author and message, which a rebase
 * keeps.
 *
 * @returns undefined for a commit without a parent.
 */
export async function beforeMerge(
  local: LocalRepository,
  { mergedCommit, headCommit, commits = 1 }: MergedPullRequest,
): Promise<string | undefined> {
  const depth = Math.min(commits, MAX_COMMITS);
  await local.fetchCommit(mergedCommit);
  const parents = await local.parents(mergedCommit);
  let before = parents[0];
  if (parents.length === 1 && headCommit && depth > 1) {
    await local.fetchCommit(headCommit, depth + 1);
    await local.fetchCommit(mergedCommit, depth + 1);
    const theirs = (await line(local, headCommit, depth)).map(
      each => each.identity,
    );
    let at = 0;
    for (const { id, identity } of await line(local, mergedCommit, depth)) {
      const found = theirs.indexOf(identity, at);
      if (found < 0) break;
      at = found + 1;
      [before] = await local.parents(id);
    }
  }
  if (before) await local.fetchCommit(before);
  return before;
}

/** Up to `count` commits without merges, from the last one on. */
async function line(
  local: LocalRepository,
  from: string,
  count: number,
): Promise<Array<{ id: string; identity: string }>> {
  const commits: Array<{ id: string; identity: string }> = [];
  let id: string | undefined = from;
  while (id && commits.length < count) {
    const text = await local.text(['cat-file', 'commit', id]);
    const parents = await local.parents(id);
    if (parents.length !== 1) break;
    commits.push({ id, identity: identityOf(text) });
    [id] = parents;
  }
  return commits;
}

function identityOf(commit: string): string {
  const end = commit.indexOf('\n\n');
  const author = /^author .*$/m.exec(commit.slice(0, end))?.[0];
  return `${author}\n${commit.slice(end).trim()}`;
}
