import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { ForgeLimits, GITHUB_LIMITS } from '../domain/forgeBudget';
import { CommitIdentity } from '../git/createCommit';
import { DEFAULT_SCOPE_LIMITS, ScopeLimits } from './checkScope';

export interface ForgeSettings {
  identity: CommitIdentity;
  budget: ForgeLimits;
  limits: ScopeLimits;
  /** Longest time that a request waits for the budget before it goes back to the queue. */
  maxWaitMs: number;
  /** Longest time that one request may take. */
  requestTimeoutMs: number;
  gitConcurrency: number;
  cacheBytes: number;
  reconcileSize: number;
  codeSearchScope: string[];
}

/** Reads `datasetMigration.forge`; everything has a default. */
export function readForgeConfig(config: Config): ForgeSettings {
  const forge = config.getOptionalConfig('datasetMigration.forge');
  const number = (key: string, fallback: number) =>
    forge?.getOptionalNumber(key) ?? fallback;
  const spacing = forge?.has('minWriteInterval')
    ? readDurationFromConfig(forge, { key: 'minWriteInterval' })
    : undefined;
  return {
    identity: {
      name: forge?.getOptionalString('commit.name') ?? 'Dataset Migration',
      email:
        forge?.getOptionalString('commit.email') ??
        'dataset-migration@users.noreply.github.com',
    },
    budget: {
      contentPerMinute: number(
        'writesPerMinute',
        GITHUB_LIMITS.contentPerMinute,
      ),
      contentPerHour: number('writesPerHour', GITHUB_LIMITS.contentPerHour),
      pointsPerMinute: number('pointsPerMinute', GITHUB_LIMITS.pointsPerMinute),
      searchesPerMinute: number(
        'searchesPerMinute',
        GITHUB_LIMITS.searchesPerMinute,
      ),
      concurrent: number('concurrentRequests', GITHUB_LIMITS.concurrent),
      spacingMs: spacing
        ? durationToMilliseconds(spacing)
        : GITHUB_LIMITS.spacingMs,
      reserve: share(number('reserve', GITHUB_LIMITS.reserve)),
    },
    limits: {
      maxFiles: number('maxFiles', DEFAULT_SCOPE_LIMITS.maxFiles),
      maxPatchBytes: number(
        'maxPatchBytes',
        DEFAULT_SCOPE_LIMITS.maxPatchBytes,
      ),
    },
    maxWaitMs: number('maxWaitMs', 20_000),
    requestTimeoutMs: number('requestTimeoutMs', 30_000),
    gitConcurrency: number('gitConcurrency', 4),
    cacheBytes: number('cacheBytes', 5 * 1024 ** 3),
    reconcileSize: number('reconcileSize', 100),
    codeSearchScope: forge?.getOptionalStringArray('codeSearchScope') ?? [],
  };
}

function share(value: number): number {
  if (value < 0 || value >= 1) {
    throw new InputError(
      `datasetMigration.forge.reserve is ${value}; it is a share of the requests, at least 0 and less than 1.`,
    );
  }
  return value;
}
