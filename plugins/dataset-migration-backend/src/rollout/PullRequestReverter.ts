import { InputError } from '@backstage/errors';
import { MigrationRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { Reverter } from '../domain/services';
import { withForgeFailures } from '../forge/describeGitFailure';
import { ForgePullRequest } from '../forge/ForgePullRequest';
import { GithubForge } from '../forge/GithubForge';
import { LocalRepository } from '../git/LocalRepository';
import { RepositoryCache } from '../git/RepositoryCache';
import { MergedPullRequest } from './beforeMerge';
import { branchName, revertBranchName } from './branchNames';
import { ChangeCommits } from './ChangeCommits';
import { hasMarker, withMarker } from './pullRequestMarker';
import { ReverseCommits } from './ReverseCommits';

type Reverted = Awaited<ReturnType<Reverter['revert']>>;
type RevertStores = {
  migrations: Pick<Stores['migrations'], 'get'>;
  changes: Pick<Stores['changes'], 'listForTarget'>;
};

export interface PullRequestReverterOptions {
  forge: GithubForge;
  cache: RepositoryCache;
  commits: ChangeCommits;
  reverses: ReverseCommits;
  stores: RevertStores;
}

interface Reverting {
  repository: string;
  branch: string;
  migration: MigrationRecord;
  target: TargetRecord;
  signal: AbortSignal;
}

/**
 * Takes one target back, from whatever the forge says about it now. Every step may have been
 * done before: closed is closed, gone is gone, and a proposed reverse is found by its marker.
 */
export class PullRequestReverter implements Reverter {
  readonly #forge: GithubForge;
  readonly #cache: RepositoryCache;
  readonly #commits: ChangeCommits;
  readonly #reverses: ReverseCommits;
  readonly #stores: RevertStores;

  constructor(options: PullRequestReverterOptions) {
    this.#forge = options.forge;
    this.#cache = options.cache;
    this.#commits = options.commits;
    this.#reverses = options.reverses;
    this.#stores = options.stores;
  }

  /** @throws ForgeError */
  async revert(
    target: TargetRecord,
    text: { title: string; body: string },
    signal: AbortSignal,
  ): Promise<Reverted> {
    const { repository } = target;
    if (!repository) {
      throw new InputError('The target has no repository to take back from.');
    }
    const migration = await this.#stores.migrations.get(target.migrationId);
    const branch = branchName(migration, target);
    const reverting = { repository, branch, migration, target, signal };

    let pullRequest = await this.#find(reverting);
    if (pullRequest?.state === 'open') {
      pullRequest = await this.#forge.closePullRequest({
        ...reverting,
        number: pullRequest.number,
      });
    }
    // Merged, perhaps a moment before we closed it.
    const merged = pullRequest?.mergedCommit ?? target.mergedCommit;
    return pullRequest?.state === 'merged' || (!pullRequest && merged)
      ? this.#reverse(reverting, { ...pullRequest, mergedCommit: merged }, text)
      : this.#removeBranch(reverting);
  }

  async #find(reverting: Reverting): Promise<ForgePullRequest | undefined> {
    const { target } = reverting;
    const number =
      target.pullRequest?.number ??
      (await this.#forge.findPullRequests(reverting))[0]?.number;
    // Lists do not tell everything.
    return number === undefined
      ? undefined
      : this.#forge.getPullRequest({ ...reverting, number });
  }

  /** Only what we pushed is deleted; a branch with other commits stays and is named. */
  async #removeBranch(reverting: Reverting): Promise<Reverted> {
    const { repository, signal, branch } = reverting;
    const kept = await withForgeFailures(repository, () =>
      this.#cache.use(repository, signal, async local => {
        const tip = await local.remoteBranch(branch);
        if (!tip) return false;
        if (!(await this.#isOurs(local, reverting, tip))) return true;
        try {
          await local.push(branch, undefined, tip);
        } catch (error) {
          const now = await local.remoteBranch(branch);
          if (now === tip) throw error;
          return now !== undefined;
        }
        return false;
      }),
    );
    return kept
      ? {
          kind: 'closed',
          message: `The pull request is closed. The branch ${branch} holds commits by other people and was kept.`,
        }
      : { kind: 'closed' };
  }

  async #isOurs(
    local: LocalRepository,
    reverting: Reverting,
    tip: string,
  ): Promise<boolean> {
    const { migration, target } = reverting;
    if (tip === target.pushedCommit) return true;
    const changes = await this.#stores.changes.listForTarget(target.id);
    const found = await this.#commits.recognize(
      local,
      migration,
      target,
      changes,
      tip,
    );
    return found !== undefined;
  }

  async #reverse(
    reverting: Reverting,
    merged: Partial<MergedPullRequest>,
    text: { title: string; body: string },
  ): Promise<Reverted> {
    const { repository, signal, migration, target } = reverting;
    const { mergedCommit, headCommit, commits } = merged;
    if (!mergedCommit) {
      return {
        kind: 'conflict',
        message: 'The forge does not say which commit the merge made.',
      };
    }
    const branch = revertBranchName(migration, target);
    const marker = { target: target.id, digest: `revert-${mergedCommit}` };
    const where = { repository, branch, signal };
    const isOurs = (each: ForgePullRequest) => hasMarker(each.body, marker);

    const known = (await this.#forge.findPullRequests(where)).find(isOurs);
    if (known) return proposed(branch, known);

    const pushed = await withForgeFailures(repository, () =>
      this.#cache.use(repository, signal, local =>
        this.#reverses.push(local, {
          migration,
          target,
          branch,
          mergedCommit,
          headCommit,
          commits,
        }),
      ),
    );
    if (pushed.kind !== 'pushed') return pushed;

    const opening = {
      ...where,
      base: pushed.base,
      title: text.title,
      body: withMarker(text.body, marker),
    };
    try {
      return proposed(branch, await this.#forge.openPullRequest(opening));
    } catch (error) {
      signal.throwIfAborted();
      const found = (await this.#forge.findPullRequests(where)).find(isOurs);
      if (found) return proposed(branch, found);
      throw error;
    }
  }
}

function proposed(branch: string, pullRequest: ForgePullRequest): Reverted {
  const { number, url, state, headCommit } = pullRequest;
  return {
    kind: 'proposed',
    revert: { number, url, state, headCommit, branch },
  };
}
