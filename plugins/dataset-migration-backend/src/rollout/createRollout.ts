import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { Stores } from '../database/stores';
import {
  Publisher,
  PullRequestFollower,
  Reverter,
  SourceProvider,
  TargetEvents,
} from '../domain/services';
import { Clock, systemClock } from '../domain/Clock';
import { ForgeGovernor } from '../forge/ForgeGovernor';
import { GithubCodeSearch } from '../forge/GithubCodeSearch';
import { GithubForge } from '../forge/GithubForge';
import { GitProcess } from '../git/GitProcess';
import { RepositoryCache } from '../git/RepositoryCache';
import { SourcePack } from '../git/SourcePack';
import { ChangeCommits } from './ChangeCommits';
import { GithubPullRequestFollower } from './GithubPullRequestFollower';
import { handleGithubEvent } from './handleGithubEvent';
import { PullRequestPublisher } from './PullRequestPublisher';
import { PullRequestReverter } from './PullRequestReverter';
import { ReconcileSlice } from './ReconcileSlice';
import { ReverseCommits } from './ReverseCommits';
import { readForgeConfig } from './readForgeConfig';

export interface Rollout {
  publisher: Publisher;
  reverter: Reverter;
  source: SourceProvider;
  follower: PullRequestFollower;
  reconcile: ReconcileSlice;
  /** Takes a webhook as a hint; returns how many targets were looked at. */
  handleGithubEvent(
    topic: string,
    payload: unknown,
    signal: AbortSignal,
  ): Promise<number>;
  codeSearch: GithubCodeSearch;
  governor: ForgeGovernor;
  forge: GithubForge;
  cache: RepositoryCache;
}

/** Wires everything that talks to git and the forge. */
export function createRollout(options: {
  config: Config;
  logger: LoggerService;
  stores: {
    targets: Pick<Stores['targets'], 'iterate' | 'findByPullRequest'>;
    migrations: Pick<Stores['migrations'], 'get'>;
    changes: Pick<Stores['changes'], 'listForTarget'>;
    forge: Stores['forge'];
  };
  events: TargetEvents;
  /** Belongs to this process alone; everything in it can be made again. */
  workDirectory: string;
  clock?: Clock;
}): Rollout {
  const { config, logger, stores, events, workDirectory } = options;
  const { clock = systemClock } = options;
  const settings = readForgeConfig(config);
  const integrations = ScmIntegrations.fromConfig(config);
  const governor = new ForgeGovernor({
    store: stores.forge,
    clock,
    limits: settings.budget,
    maxWaitMs: settings.maxWaitMs,
    timeoutMs: settings.requestTimeoutMs,
  });
  const forge = new GithubForge({
    logger,
    integrations,
    credentials:
      DefaultGithubCredentialsProvider.fromIntegrations(integrations),
    governor,
    now: clock.now,
    timeoutMs: settings.requestTimeoutMs,
  });
  const git = new GitProcess({ concurrency: settings.gitConcurrency });
  const cache = new RepositoryCache({
    git,
    remotes: forge,
    directory: workDirectory,
    maxBytes: settings.cacheBytes,
  });
  const { identity, limits } = settings;
  const commits = new ChangeCommits({ identity, limits });
  const reverses = new ReverseCommits({ identity, limits });
  const follower = new GithubPullRequestFollower({ forge, events });
  const hints = { targets: stores.targets, follower, forge, logger };
  return {
    publisher: new PullRequestPublisher({ forge, cache, commits, stores }),
    reverter: new PullRequestReverter({
      forge,
      cache,
      commits,
      reverses,
      stores,
    }),
    source: new SourcePack({ cache, directory: workDirectory }),
    follower,
    reconcile: new ReconcileSlice({
      targets: stores.targets,
      follower,
      logger,
      size: settings.reconcileSize,
    }),
    handleGithubEvent: (topic, payload, signal) =>
      handleGithubEvent(hints, topic, payload, signal),
    codeSearch: new GithubCodeSearch({
      forge,
      scope: settings.codeSearchScope,
      clock,
    }),
    governor,
    forge,
    cache,
  };
}
