import type { ForgeContext } from '../../server/ForgeContext';
import type { RepositoryRecord } from '../../store/records';
import { nodeId, userShape } from './userShape';

function addresses(context: ForgeContext, repository: RepositoryRecord) {
  const url = context.urls.repositoryApi(repository);
  return {
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    hooks_url: `${url}/hooks`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
  };
}

/** GitHub's `minimal-repository`. */
export function minimalRepositoryShape(
  context: ForgeContext,
  repository: RepositoryRecord,
) {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.private,
    owner: userShape(context.urls, context.accounts.get(repository.owner)),
    html_url: context.urls.repositoryHtml(repository),
    description: repository.description ?? null,
    fork: false,
    ...addresses(context, repository),
  };
}

/** GitHub's `repository`, with the permissions of whoever asks. */
export function repositoryShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  viewer?: { readonly admin: boolean },
) {
  const html = context.urls.repositoryHtml(repository);
  const openPulls = context.store
    .all('pull')
    .filter(
      pull => pull.repositoryId === repository.id && pull.state === 'open',
    ).length;
  const writes = Boolean(viewer) && !repository.readOnly;
  return {
    ...minimalRepositoryShape(context, repository),
    clone_url: context.urls.clone(repository),
    git_url: context.urls.clone(repository).replace(/^http/, 'git'),
    ssh_url: `git@${new URL(html).host}:${repository.owner}/${
      repository.name
    }.git`,
    svn_url: html,
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    default_branch: repository.defaultBranch,
    archived: repository.archived,
    disabled: false,
    visibility: repository.private ? 'private' : 'public',
    topics: repository.topics,
    is_template: false,
    allow_forking: false,
    web_commit_signoff_required: false,
    has_issues: true,
    has_projects: false,
    has_downloads: false,
    has_wiki: false,
    has_pages: false,
    has_discussions: false,
    forks: 0,
    forks_count: 0,
    open_issues: openPulls,
    open_issues_count: openPulls,
    size: 0,
    stargazers_count: 0,
    watchers: 0,
    watchers_count: 0,
    permissions: {
      admin: writes && Boolean(viewer?.admin),
      maintain: writes && Boolean(viewer?.admin),
      push: writes,
      triage: writes,
      pull: true,
    },
    pushed_at: repository.pushedAt,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
  };
}

/** GitHub's `full-repository`. */
export function fullRepositoryShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  viewer?: { readonly admin: boolean },
) {
  return {
    ...repositoryShape(context, repository, viewer),
    allow_merge_commit: true,
    allow_squash_merge: true,
    allow_rebase_merge: true,
    allow_auto_merge: false,
    delete_branch_on_merge: false,
    network_count: 0,
    subscribers_count: 0,
    organization: userShape(
      context.urls,
      context.accounts.get(repository.owner),
    ),
  };
}
