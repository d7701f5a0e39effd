/** A pull request as the forge has it now. */
export interface ForgePullRequest {
  number: number;
  url: string;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  branch: string;
  headCommit: string;
  /** Of the base branch, when the forge last compared. */
  baseCommit: string;
  /** UTC epoch milliseconds; absent until merged. */
  mergedAt?: number;
  labels: string[];
  /** What the merge put on the base branch; absent until merged. */
  mergedCommit?: string;
  /** How many commits it has; absent in lists. */
  commits?: number;
  /** False where it conflicts with its base; absent while the forge does not know yet. */
  mergeable?: boolean;
}

/** The fields of GitHub's answer that are read here; some are missing in lists. */
interface GithubPullRequest {
  number: number;
  html_url: string;
  title: string;
  body: string | null;
  state: string;
  merged?: boolean;
  merged_at: string | null;
  merge_commit_sha: string | null;
  mergeable?: boolean | null;
  commits?: number;
  head: { ref: string; sha: string };
  base: { sha: string };
  labels?: Array<{ name?: string }>;
}

export function toPullRequest(data: GithubPullRequest): ForgePullRequest {
  const merged = data.merged ?? Boolean(data.merged_at);
  const ended = merged ? 'merged' : 'closed';
  return {
    number: data.number,
    url: data.html_url,
    title: data.title,
    body: data.body ?? '',
    state: data.state === 'open' ? 'open' : ended,
    branch: data.head.ref,
    headCommit: data.head.sha,
    baseCommit: data.base.sha,
    labels: (data.labels ?? []).flatMap(label => label.name ?? []),
    ...(data.merged_at && { mergedAt: Date.parse(data.merged_at) }),
    // While a pull request is open this is a trial merge, which nobody should record.
    ...(merged &&
      data.merge_commit_sha && { mergedCommit: data.merge_commit_sha }),
    ...(data.commits !== undefined && { commits: data.commits }),
    ...(typeof data.mergeable === 'boolean' && { mergeable: data.mergeable }),
  };
}
