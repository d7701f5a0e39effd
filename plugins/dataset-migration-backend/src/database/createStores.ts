import { Knex } from 'knex';
import { DatabaseActivityStore } from './DatabaseActivityStore';
import { DatabaseCampaignStore } from './DatabaseCampaignStore';
import { DatabaseChangeStore } from './DatabaseChangeStore';
import { DatabaseForgeStore } from './DatabaseForgeStore';
import { DatabaseMigrationStore } from './DatabaseMigrationStore';
import { DatabasePendingStore } from './DatabasePendingStore';
import { DatabaseRolloutStore } from './DatabaseRolloutStore';
import { DatabaseRunStore } from './DatabaseRunStore';
import { DatabaseTargetStore } from './DatabaseTargetStore';
import { Stores } from './stores';

/** All stores over one database. `now` gives UTC epoch milliseconds; tests move it. */
export function createStores(knex: Knex, now: () => number = Date.now): Stores {
  return {
    migrations: new DatabaseMigrationStore(knex, now),
    targets: new DatabaseTargetStore(knex, now),
    changes: new DatabaseChangeStore(knex, now),
    runs: new DatabaseRunStore(knex, now),
    activity: new DatabaseActivityStore(knex, now),
    rollouts: new DatabaseRolloutStore(knex, now),
    pending: new DatabasePendingStore(knex),
    campaigns: new DatabaseCampaignStore(knex, now),
    forge: new DatabaseForgeStore(knex),
  };
}
