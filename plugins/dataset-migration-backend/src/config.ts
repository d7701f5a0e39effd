import { readDurationFromConfig, Config } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { isTimezone } from 'backstage-plugin-dataset-migration-common';
import { RelationConfig } from './discovery/relations';

/** `datasetMigration` in the portal's configuration, with its defaults. */
export interface DatasetMigrationConfig {
  scan: { frequencyMs: number };
  discovery: {
    maxConsumers: number;
    codeSearch: boolean;
    relations: RelationConfig[];
  };
  /** How often the scheduled slices run. */
  slices: { dispatchMs: number; reconcileMs: number; rolloutMs: number };
  rollout: {
    /** IANA name: the zone of owners who have none, in windows with `timezone: owner`. */
    timezone: string;
  };
  /** How long the details of runs are kept. */
  retention: { runsMs: number };
}

/** @throws Error for values of the wrong shape, with their key. */
export function readDatasetMigrationConfig(
  rootConfig: Config,
): DatasetMigrationConfig {
  const config = rootConfig.getOptionalConfig('datasetMigration');
  const duration = (key: string, fallbackMs: number) =>
    config?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(config, { key }))
      : fallbackMs;
  return {
    scan: { frequencyMs: duration('scan.frequency', 6 * 3_600_000) },
    discovery: {
      maxConsumers:
        config?.getOptionalNumber('discovery.maxConsumers') ?? 50_000,
      codeSearch: config?.getOptionalBoolean('discovery.codeSearch') ?? true,
      relations: (
        config?.getOptionalConfigArray('discovery.relations') ?? []
      ).map(readRelation),
    },
    rollout: { timezone: readTimezone(config) },
    retention: { runsMs: duration('retention.runs', 90 * 24 * 3_600_000) },
    slices: {
      dispatchMs: duration('slices.dispatch', 2_000),
      reconcileMs: duration('slices.reconcile', 30_000),
      rolloutMs: duration('slices.rollout', 3_000),
    },
  };
}

function readRelation(config: Config): RelationConfig {
  const direction = config.getString('direction');
  if (direction !== 'to-dataset' && direction !== 'from-dataset') {
    throw new Error(
      `datasetMigration.discovery.relations: the direction of ${config.getString(
        'type',
      )} is "${direction}"; use to-dataset or from-dataset.`,
    );
  }
  return {
    type: config.getString('type'),
    inverse: config.getString('inverse'),
    direction,
  };
}

/** @throws Error for a name that is no time zone. */
function readTimezone(config: Config | undefined): string {
  const timezone = config?.getOptionalString('rollout.timezone') ?? 'UTC';
  if (!isTimezone(timezone)) {
    throw new Error(
      `datasetMigration.rollout.timezone: there is no time zone "${timezone}"; write one such as Europe/Stockholm.`,
    );
  }
  return timezone;
}
