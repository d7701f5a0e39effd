/** Topic of `PendingMigrationEvent`: what the scheduled scan found. */
export const PENDING_TOPIC = 'dataset-migration.pending';

/** Topic of `MigrationStatusEvent`: what changed. */
export const STATUS_TOPIC = 'dataset-migration.status';

/**
 * A dataset has a version that its consumers do not read yet. Events are hints:
 * a lost one is repaired by the next scan.
 */
export interface PendingMigrationEvent {
  /** Catalog entity reference. */
  dataset: string;
  currentVersion: string;
  targetVersion: string;
  /** The draft prepared for it, where its plan was found. */
  migrationId?: string;
}

/** A migration, campaign or target moved. */
export interface MigrationStatusEvent {
  subject: 'migration' | 'target' | 'campaign';
  migrationId?: string;
  targetId?: string;
  campaignId?: string;
  /** Catalog entity reference of the old version. */
  dataset?: string;
  state: string;
  outcome?: string;
  blocked?: string;
  /** UTC, epoch milliseconds. */
  at: number;
}
