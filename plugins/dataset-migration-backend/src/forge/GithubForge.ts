import { LoggerService } from '@backstage/backend-plugin-api';
import {
  GithubCredentialsProvider,
  ScmIntegrationRegistry,
} from '@backstage/integration';
import { GitRemote } from '../git/gitEnvironment';
import { RemoteResolver } from '../git/RepositoryCache';
import { CheckSummary, summarizeChecks } from './CheckSummary';
import { describeRequestFailure } from './describeRequestFailure';
import { ForgePullRequest, toPullRequest } from './ForgePullRequest';
import { ForgeError, isForgeError } from './ForgeFailure';
import { isCalledWrong } from './isCalledWrong';
import { OctokitPool, OctokitPoolOptions } from './OctokitPool';
import { parseRepository } from './parseRepository';

export interface GithubForgeOptions extends OctokitPoolOptions {
  logger: LoggerService;
  integrations: ScmIntegrationRegistry;
  credentials: GithubCredentialsProvider;
}

interface Call {
  repository: string;
  signal: AbortSignal;
}

type OctokitClient = ReturnType<OctokitPool['get']>;

/**
 * The part of GitHub that the product needs, for every host of `integrations.github`.
 * Everything throws ForgeError, or the signal's reason.
 */
export class GithubForge implements RemoteResolver {
  readonly #integrations: ScmIntegrationRegistry;
  readonly #credentials: GithubCredentialsProvider;
  readonly #pool: OctokitPool;
  readonly #now: () => number;

  constructor(options: GithubForgeOptions) {
    this.#integrations = options.integrations;
    this.#credentials = options.credentials;
    this.#pool = new OctokitPool(options);
    this.#now = options.now;
  }

  /** Whether `integrations.github` names this host. */
  knowsHost(host: string): boolean {
    return this.#integrations.github.byHost(host) !== undefined;
  }

  async gitRemote(repository: string): Promise<GitRemote> {
    const { host, owner, name } = parseRepository(repository);
    const { protocol } = new URL(this.#apiBaseUrl(repository));
    const { token } = await this.#identify(repository);
    return {
      url: `${protocol}//${host}/${owner}/${name}.git`,
      ...(token && {
        authorization: `Basic ${Buffer.from(`x-access-token:${token}`).toString(
          'base64',
        )}`,
      }),
    };
  }

  /** Whether changes can be proposed here at all. */
  async getRepository(
    call: Call,
  ): Promise<{ archived: boolean; canPush: boolean }> {
    return this.#do(call, 'look at the repository', async (octokit, repo) => {
      const { data } = await octokit.rest.repos.get(repo);
      return {
        archived: data.archived,
        canPush: data.permissions?.push ?? true,
      };
    });
  }

  /** Pull requests from a branch of the repository itself, newest first, in any state. */
  async findPullRequests(
    call: Call & { branch: string },
  ): Promise<ForgePullRequest[]> {
    return this.#do(call, 'look for pull requests', async (octokit, repo) => {
      const { data } = await octokit.rest.pulls.list({
        ...repo,
        head: `${repo.owner}:${call.branch}`,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: 20,
      });
      // The filter is a hint: a fork's branch of the same name is not ours.
      return data
        .filter(
          each =>
            each.head.ref === call.branch &&
            each.head.repo?.full_name.toLowerCase() ===
              `${repo.owner}/${repo.repo}`.toLowerCase(),
        )
        .map(toPullRequest);
    });
  }

  async openPullRequest(
    call: Call & { branch: string; base: string; title: string; body: string },
  ): Promise<ForgePullRequest> {
    return this.#do(call, 'open the pull request', async (octokit, repo) => {
      const { data } = await octokit.rest.pulls.create({
        ...repo,
        head: call.branch,
        base: call.base,
        title: call.title,
        body: call.body,
        maintainer_can_modify: true,
      });
      return toPullRequest(data);
    });
  }

  async describePullRequest(
    call: Call & { number: number; title: string; body: string },
  ): Promise<ForgePullRequest> {
    return this.#do(
      call,
      'describe the pull request',
      async (octokit, repo) => {
        const { data } = await octokit.rest.pulls.update({
          ...repo,
          pull_number: call.number,
          title: call.title,
          body: call.body,
        });
        return toPullRequest(data);
      },
    );
  }

  async getPullRequest(
    call: Call & { number: number },
  ): Promise<ForgePullRequest> {
    return this.#do(call, 'read the pull request', async (octokit, repo) => {
      const { data } = await octokit.rest.pulls.get({
        ...repo,
        pull_number: call.number,
      });
      return toPullRequest(data);
    });
  }

  /** Closing what is closed or merged changes nothing; the answer says what it is now. */
  async closePullRequest(
    call: Call & { number: number },
  ): Promise<ForgePullRequest> {
    return this.#do(call, 'close the pull request', async (octokit, repo) => {
      const { data } = await octokit.rest.pulls.update({
        ...repo,
        pull_number: call.number,
        state: 'closed',
      });
      return toPullRequest(data);
    });
  }

  /** Check runs and commit statuses of one commit, at most 100 of each. */
  async listChecks(call: Call & { commit: string }): Promise<CheckSummary> {
    return this.#do(call, 'read the checks', async (octokit, repo) => {
      const where = { ...repo, ref: call.commit, per_page: 100 };
      const [runs, status] = await Promise.all([
        octokit.rest.checks.listForRef({ ...where, filter: 'latest' }),
        octokit.rest.repos.getCombinedStatusForRef(where),
      ]);
      return summarizeChecks(runs.data.check_runs, status.data.statuses);
    });
  }

  /**
   * Whether people said on a pull request that its change is wrong: by a label, by a comment
   * that begins with `/wrong`, or by a review that asks for changes and that none followed.
   */
  async wasCalledWrong(call: Call & { number: number }): Promise<boolean> {
    return this.#do(call, 'read why it was closed', async (octokit, repo) => {
      const [reviews, comments] = await Promise.all([
        octokit.rest.pulls.listReviews({
          ...repo,
          pull_number: call.number,
          per_page: 100,
        }),
        octokit.rest.issues.listComments({
          ...repo,
          issue_number: call.number,
          per_page: 100,
        }),
      ]);
      return isCalledWrong(reviews.data, comments.data);
    });
  }

  /** The commit that the default branch is at. */
  async defaultHead(call: Call): Promise<string> {
    return this.#do(call, 'read the default branch', async (octokit, repo) => {
      const { data } = await octokit.rest.repos.get(repo);
      const branch = await octokit.rest.repos.getBranch({
        ...repo,
        branch: data.default_branch,
      });
      return branch.data.commit.sha;
    });
  }

  /** One page of up to 100 hits; GitHub gives no more than ten pages. */
  async searchCode(call: {
    host: string;
    query: string;
    page: number;
    signal: AbortSignal;
  }): Promise<{
    total: number;
    hits: Array<{ repository: string; path: string }>;
  }> {
    // A search belongs to no repository; host and organisation choose URL and credential.
    const owner = /(?:^| )(?:org|user):([\w.-]+)/.exec(call.query)?.[1];
    const repository = `${call.host}/${owner ?? 'search'}/code`;
    const where = { repository, signal: call.signal };
    return this.#do(where, 'search the code', async octokit => {
      const { data } = await octokit.rest.search.code({
        q: call.query,
        per_page: 100,
        page: call.page,
      });
      return {
        total: data.total_count,
        hits: data.items.map(item => ({
          repository: `${call.host}/${item.repository.full_name}`,
          path: item.path,
        })),
      };
    });
  }

  async #do<T>(
    call: Call,
    doing: string,
    work: (
      octokit: OctokitClient,
      repo: { owner: string; repo: string; request: { signal: AbortSignal } },
    ) => Promise<T>,
  ): Promise<T> {
    call.signal.throwIfAborted();
    const { owner, name } = parseRepository(call.repository);
    const baseUrl = this.#apiBaseUrl(call.repository);
    const { identity, token } = await this.#identify(call.repository);
    const octokit = this.#pool.get(identity, baseUrl, token);
    try {
      const request = { signal: call.signal };
      return await work(octokit, { owner, repo: name, request });
    } catch (error) {
      call.signal.throwIfAborted();
      if (isForgeError(error)) throw error;
      throw new ForgeError(
        describeRequestFailure(error, call.repository, doing, this.#now()),
        error,
      );
    }
  }

  #apiBaseUrl(repository: string): string {
    const { host } = parseRepository(repository);
    const apiBaseUrl =
      this.#integrations.github.byHost(host)?.config.apiBaseUrl;
    if (!apiBaseUrl) {
      throw new ForgeError({
        signature: 'NO_INTEGRATION',
        message: `No entry of integrations.github is for ${host}.`,
        retryable: false,
      });
    }
    return apiBaseUrl;
  }

  /**
   * Whose credentials are used, and as whom the forge counts: an App has a budget in each
   * organisation that installed it, a token one on the whole host.
   */
  async #identify(
    repository: string,
  ): Promise<{ identity: string; token: string | undefined }> {
    try {
      const { token, type } = await this.#credentials.getCredentials({
        url: `https://${repository}`,
      });
      const { host, owner } = parseRepository(repository);
      const identity = type === 'app' ? `${host}/${owner}` : host;
      return { identity: identity.toLowerCase(), token };
    } catch (error) {
      const status = (error as { status?: number }).status;
      if (status === undefined || status >= 500) {
        throw new ForgeError(
          describeRequestFailure(
            error,
            repository,
            'get credentials',
            this.#now(),
          ),
          error,
        );
      }
      throw new ForgeError(
        {
          signature: 'BAD_CREDENTIALS',
          message: `No usable credentials are configured for ${repository}.`,
          retryable: false,
        },
        error,
      );
    }
  }
}
