import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { DEFAULT_FORGE_BUDGET, ForgeBudgetLimits } from '../forge/ForgeBudget';
import { CommitIdentity } from '../git/createCommit';
import { DEFAULT_SCOPE_LIMITS, ScopeLimits } from './checkScope';

export interface ForgeSettings {
  identity: CommitIdentity;
  budget: ForgeBudgetLimits;
  limits: ScopeLimits;
  /** Longest time that a request waits for the budget before it goes back to the queue. */
  maxWaitMs: number;
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
      perMinute: number('writesPerMinute', DEFAULT_FORGE_BUDGET.perMinute),
      perHour: number('writesPerHour', DEFAULT_FORGE_BUDGET.perHour),
      spacingMs: spacing
        ? durationToMilliseconds(spacing)
        : DEFAULT_FORGE_BUDGET.spacingMs,
    },
    limits: {
      maxFiles: number('maxFiles', DEFAULT_SCOPE_LIMITS.maxFiles),
      maxPatchBytes: number(
        'maxPatchBytes',
        DEFAULT_SCOPE_LIMITS.maxPatchBytes,
      ),
    },
    maxWaitMs: number('maxWaitMs', 20_000),
    gitConcurrency: number('gitConcurrency', 4),
    cacheBytes: number('cacheBytes', 5 * 1024 ** 3),
    reconcileSize: number('reconcileSize', 100),
    codeSearchScope: forge?.getOptionalStringArray('codeSearchScope') ?? [],
  };
}
