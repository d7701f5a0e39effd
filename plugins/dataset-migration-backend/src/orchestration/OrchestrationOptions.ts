import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, HumanDuration } from '@backstage/types';

/** How runs are executed; times in milliseconds. */
export interface OrchestrationOptions {
  /** Most runs that are leased or running at once, over all replicas. */
  concurrency: number;
  /** The same for one repository, and for all targets of one owner; absent: no limit of its own. */
  perRepository?: number;
  perOwner?: number;
  /** How long a run may stay silent before its attempt counts as lost. */
  leaseMs: number;
  /** Wait before the second attempt; doubles with each further one. */
  backoffMs: number;
  maxBackoffMs: number;
  /** Longest that one publish or rollback step may take. */
  backendStepTimeoutMs: number;
}

/** Reads `datasetMigration.orchestration`. */
export function readOrchestrationOptions(config: Config): OrchestrationOptions {
  const own = config.getOptionalConfig('datasetMigration.orchestration');
  const duration = (key: string, fallback: HumanDuration) =>
    durationToMilliseconds(
      own?.has(key) ? readDurationFromConfig(own, { key }) : fallback,
    );
  return {
    concurrency: own?.getOptionalNumber('concurrency') ?? 4,
    perRepository: own?.getOptionalNumber('perRepository') ?? 8,
    perOwner: own?.getOptionalNumber('perOwner'),
    leaseMs: duration('lease', { seconds: 60 }),
    backoffMs: duration('backoff', { seconds: 5 }),
    maxBackoffMs: duration('maxBackoff', { minutes: 5 }),
    backendStepTimeoutMs: duration('stepTimeout', { minutes: 5 }),
  };
}
