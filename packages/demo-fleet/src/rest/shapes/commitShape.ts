import type { GitCommit } from '../../git/parseCommits';
import type { GitFileChange } from '../../git/parseDiff';
import type { ForgeContext } from '../../server/ForgeContext';
import { encodePath } from '../../server/ForgeUrls';
import type { RepositoryRecord } from '../../store/records';
import { nodeId, userShape } from './userShape';

const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** GitHub's `git-commit`, the plain object of the git database. */
export function gitCommitShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  commit: GitCommit,
) {
  const api = context.urls.repositoryApi(repository);
  const html = context.urls.repositoryHtml(repository);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    url: `${api}/git/commits/${commit.sha}`,
    html_url: `${html}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
    message: commit.message,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/git/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

/** GitHub's `commit`. An author is linked to an account where the name is a login. */
export function commitShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  commit: GitCommit,
) {
  const api = context.urls.repositoryApi(repository);
  const html = context.urls.repositoryHtml(repository);
  const url = `${api}/commits/${commit.sha}`;
  const author = context.accounts.find(commit.author.name);
  const committer = context.accounts.find(commit.committer.name);
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', `${repository.id}:${commit.sha}`),
    url,
    html_url: `${html}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: UNSIGNED,
    },
    author: author ? userShape(context.urls, author) : null,
    committer: committer ? userShape(context.urls, committer) : null,
    parents: commit.parents.map(sha => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${html}/commit/${sha}`,
    })),
  };
}

/** GitHub's `diff-entry`. */
export function diffEntryShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  commit: string,
  change: GitFileChange,
) {
  const html = context.urls.repositoryHtml(repository);
  const path = encodePath(change.path);
  return {
    sha: change.sha,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${html}/blob/${commit}/${path}`,
    raw_url: `${html}/raw/${commit}/${path}`,
    contents_url: `${context.urls.repositoryApi(
      repository,
    )}/contents/${path}?ref=${commit}`,
    ...(change.patch === undefined ? {} : { patch: change.patch }),
    ...(change.previousPath ? { previous_filename: change.previousPath } : {}),
  };
}
