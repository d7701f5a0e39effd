import { InputError } from '@backstage/errors';
import {
  ChangeRecord,
  MigrationRecord,
  PullRequestRecord,
  TargetRecord,
} from '../database/records';
import { Stores } from '../database/stores';
import { Publisher } from '../domain/services';
import { withForgeFailures } from '../forge/describeGitFailure';
import { ForgePullRequest } from '../forge/ForgePullRequest';
import { GithubForge } from '../forge/GithubForge';
import { GitError } from '../git/GitError';
import { BranchTip, LocalRepository } from '../git/LocalRepository';
import { readBlobIds } from '../git/readBlobIds';
import { RepositoryCache } from '../git/RepositoryCache';
import { BaseChangedError } from './BaseChangedError';
import { BaseMovedError } from './BaseMovedError';
import { branchName } from './branchNames';
import { ChangeCommits } from './ChangeCommits';
import { EditedByPeopleError } from './EditedByPeopleError';
import { hasMarker, withMarker } from './pullRequestMarker';

type Published = Awaited<ReturnType<Publisher['publish']>>;
type PublishStores = {
  migrations: Pick<Stores['migrations'], 'get'>;
  changes: Pick<Stores['changes'], 'listForTarget'>;
};

export interface PullRequestPublisherOptions {
  forge: GithubForge;
  cache: RepositoryCache;
  commits: ChangeCommits;
  stores: PublishStores;
}

/** One attempt to publish, with what does not change during it. */
interface Publishing {
  repository: string;
  branch: string;
  migration: MigrationRecord;
  target: TargetRecord;
  change: ChangeRecord;
  onVerifiedBase: boolean;
  signal: AbortSignal;
}

/**
 * Pushes the approved change and opens its pull request. It looks before each step instead of
 * remembering: killed at any point and started again, it finds the branch by recognising its
 * commit, and the pull request by branch and marker.
 */
export class PullRequestPublisher implements Publisher {
  readonly #forge: GithubForge;
  readonly #cache: RepositoryCache;
  readonly #commits: ChangeCommits;
  readonly #stores: PublishStores;

  constructor(options: PullRequestPublisherOptions) {
    this.#forge = options.forge;
    this.#cache = options.cache;
    this.#commits = options.commits;
    this.#stores = options.stores;
  }

  /**
   * @throws BaseChangedError, BaseMovedError, EditedByPeopleError, ForgeError; InputError for a change that
   * reaches too far, ConflictError for a patch that does not apply.
   */
  async publish(
    target: TargetRecord,
    change: ChangeRecord,
    text: { title: string; body: string },
    signal: AbortSignal,
    { onVerifiedBase = false }: { onVerifiedBase?: boolean } = {},
  ): Promise<Published> {
    const { repository } = target;
    if (!repository) {
      throw new InputError('The target has no repository to publish to.');
    }
    const migration = await this.#stores.migrations.get(target.migrationId);
    const branch = branchName(migration, target);
    const publishing = {
      repository,
      branch,
      migration,
      target,
      change,
      onVerifiedBase,
      signal,
    };

    const known = await this.#forge.findPullRequests(publishing);
    const ended = known.find(each => this.#endedMeanwhile(each, publishing));
    if (ended) return published(branch, ended.headCommit, ended);

    const { base, commit } = await withForgeFailures(repository, () =>
      this.#cache.use(repository, signal, local =>
        this.#pushChange(local, publishing),
      ),
    ).catch(async error => {
      if (error instanceof EditedByPeopleError) {
        error.pullRequest = await this.#theirPullRequest(publishing);
      }
      throw error;
    });
    const open = known.find(each => each.state === 'open');
    const pullRequest = open
      ? await this.#adopt(open, publishing, text)
      : await this.#open(publishing, base, text);
    return published(branch, commit, pullRequest);
  }

  /** We opened it, were killed before that was recorded, and people merged or closed it. */
  #endedMeanwhile(found: ForgePullRequest, publishing: Publishing): boolean {
    return (
      found.state !== 'open' &&
      found.number !== publishing.target.pullRequest?.number &&
      hasMarker(found.body, markerOf(publishing))
    );
  }

  async #pushChange(
    local: LocalRepository,
    publishing: Publishing,
  ): Promise<{ base: string; commit: string }> {
    const { branch, migration, target, change } = publishing;
    const { head, tip } = await local.defaultAndRemoteBranch(branch);
    if (!head) {
      throw new InputError(`${publishing.repository} has no commits.`);
    }
    if (tip) {
      const found = await this.#recognize(local, publishing, tip);
      if (found?.digest === change.digest) {
        return { base: head.branch, commit: tip };
      }
      if (!found && tip !== target.pushedCommit) {
        throw new EditedByPeopleError(branch, tip);
      }
    }
    await local.fetchCommit(head.commit);
    await requireSameBase(local, head, change);
    if (head.commit !== change.baseCommit) {
      if (!publishing.onVerifiedBase) {
        throw new BaseMovedError(change.baseCommit, head.commit);
      }
      await local.fetchCommit(change.baseCommit);
    }
    const commit = await this.#commits.create(
      local,
      migration,
      target,
      change,
      change.baseCommit,
    );
    await pushWithLease(local, branch, commit, tip);
    return { base: head.branch, commit };
  }

  async #recognize(
    local: LocalRepository,
    publishing: Publishing,
    tip: string,
  ): Promise<ChangeRecord | undefined> {
    const { migration, target, change } = publishing;
    const older = await this.#stores.changes.listForTarget(target.id);
    const changes = [change, ...older.filter(each => each.id !== change.id)];
    return this.#commits.recognize(local, migration, target, changes, tip);
  }

  async #theirPullRequest(
    publishing: Publishing,
  ): Promise<PullRequestRecord | undefined> {
    const known = await this.#forge.findPullRequests(publishing);
    const open = known.find(each => each.state === 'open');
    if (!open) return undefined;
    const { number, url, state, headCommit } = open;
    return { number, url, state, headCommit };
  }

  async #adopt(
    open: ForgePullRequest,
    publishing: Publishing,
    text: { title: string; body: string },
  ): Promise<ForgePullRequest> {
    const marker = markerOf(publishing);
    if (hasMarker(open.body, marker)) return open;
    return this.#forge.describePullRequest({
      ...publishing,
      number: open.number,
      title: text.title,
      body: withMarker(text.body, marker),
    });
  }

  async #open(
    publishing: Publishing,
    base: string,
    text: { title: string; body: string },
  ): Promise<ForgePullRequest> {
    try {
      return await this.#forge.openPullRequest({
        ...publishing,
        base,
        title: text.title,
        body: withMarker(text.body, markerOf(publishing)),
      });
    } catch (error) {
      publishing.signal.throwIfAborted();
      // An answer that was lost on its way: the pull request may exist all the same.
      const found = await this.#forge.findPullRequests(publishing);
      const open = found.find(each => each.state === 'open');
      if (open) return this.#adopt(open, publishing, text);
      throw error;
    }
  }
}

function markerOf({ target, change }: Publishing) {
  return { target: target.id, digest: change.digest };
}

function published(
  branch: string,
  commit: string,
  pullRequest: ForgePullRequest,
): Published {
  const { number, url, state } = pullRequest;
  return {
    branch,
    pushedCommit: commit,
    pullRequest: { number, url, state, headCommit: commit },
  };
}

async function requireSameBase(
  local: LocalRepository,
  head: BranchTip,
  change: ChangeRecord,
): Promise<void> {
  const paths = change.files.map(file => file.path);
  const now = await readBlobIds(local, head.commit, paths);
  const moved = change.files.filter(file => {
    const before = /^0*$/.test(file.baseBlob) ? undefined : file.baseBlob;
    return now.get(file.path) !== before;
  });
  if (moved.length) throw new BaseChangedError(moved.map(file => file.path));
}

/** A lease that fails means that somebody pushed between our look and our push. */
async function pushWithLease(
  local: LocalRepository,
  branch: string,
  commit: string,
  expected: string | undefined,
): Promise<void> {
  try {
    await local.push(branch, commit, expected);
  } catch (error) {
    const raced =
      error instanceof GitError &&
      /stale info|fetch first|cannot lock ref/i.test(
        error.message + error.stderr,
      );
    const tip = raced ? await local.remoteBranch(branch) : undefined;
    if (tip === commit) return;
    throw tip && tip !== expected
      ? new EditedByPeopleError(branch, tip)
      : error;
  }
}
