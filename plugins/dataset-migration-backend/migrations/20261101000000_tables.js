/**
 * Every table of the plugin. Times are UTC epoch milliseconds in bigint columns; JSON is text,
 * so that SQLite and PostgreSQL store the same.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('migrations', table => {
    table.string('id', 64).primary();
    table.text('dataset').notNullable();
    table.string('campaign_id', 64);
    table.text('name').notNullable();
    table.text('title').notNullable();
    table.string('state', 32).notNullable();
    table.string('outcome', 32);
    table.text('reason');
    table.integer('plan_version').notNullable();
    table.text('deadline');
    table.text('created_by').notNullable();
    table.text('started_by');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.index(['created_at', 'id'], 'migrations_page_idx');
    table.index(['dataset', 'created_at'], 'migrations_dataset_idx');
    table.index(['campaign_id'], 'migrations_campaign_idx');
  });

  await knex.schema.createTable('plans', table => {
    table
      .string('migration_id', 64)
      .notNullable()
      .references('migrations.id')
      .onDelete('CASCADE');
    table.integer('version').notNullable();
    table.text('text', 'longtext').notNullable();
    table.text('url');
    table.text('problems', 'longtext').notNullable();
    table.text('mapping', 'longtext');
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.primary(['migration_id', 'version']);
  });

  await knex.schema.createTable('targets', table => {
    table.string('id', 64).primary();
    table
      .string('migration_id', 64)
      .notNullable()
      .references('migrations.id')
      .onDelete('CASCADE');
    // sha256 over consumer, repository and paths: what makes a target the same one.
    table.string('identity', 64).notNullable();
    table.text('sort_key').notNullable();
    table.text('consumer');
    table.text('owner');
    table.text('system');
    table.integer('depth').notNullable();
    table.text('discovered_by').notNullable();
    table.text('repository');
    table.text('default_branch');
    table.text('paths').notNullable();
    table.text('excluded_paths').notNullable();
    table.text('framework');
    table.string('state', 32).notNullable();
    table.string('outcome', 32);
    table.string('blocked', 32);
    table.text('reason');
    table.text('message');
    table.bigInteger('retry_at');
    table.integer('wave').notNullable();
    table.string('change_id', 64);
    table.string('rung', 32);
    table.string('proof', 32);
    table.text('answers').notNullable();
    table.text('note');
    table.text('branch');
    table.text('pushed_commit');
    table.text('pull_request');
    table.integer('pull_request_number');
    table.text('merged_commit');
    table.text('revert');
    table.integer('revert_number');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.integer('version').notNullable();
    // Source of fencing tokens: one counter for all runs of the target.
    table.integer('run_token').notNullable().defaultTo(0);
    table.unique(['migration_id', 'identity'], {
      indexName: 'targets_identity_uidx',
    });
    table.index(['migration_id', 'sort_key', 'id'], 'targets_page_idx');
    table.index(['migration_id', 'state', 'outcome'], 'targets_state_idx');
    table.index(['state', 'id'], 'targets_walk_idx');
    table.index(['repository', 'pull_request_number'], 'targets_pull_idx');
    table.index(['repository', 'revert_number'], 'targets_revert_idx');
  });

  await knex.schema.createTable('changes', table => {
    table.string('id', 64).primary();
    table
      .string('target_id', 64)
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table.integer('number').notNullable();
    table.string('run_id', 64).notNullable();
    table.string('digest', 128).notNullable();
    table.text('base_commit').notNullable();
    table.text('patch', 'longtext').notNullable();
    table.text('files', 'longtext').notNullable();
    table.text('uses', 'longtext').notNullable();
    table.text('findings', 'longtext').notNullable();
    table.text('evidence', 'longtext').notNullable();
    table.string('rung', 32);
    table.integer('mapping_version').notNullable();
    table.bigInteger('created_at').notNullable();
    table.unique(['target_id', 'number'], { indexName: 'changes_number_uidx' });
  });

  await knex.schema.createTable('approvals', table => {
    table.string('id', 64).primary();
    table
      .string('target_id', 64)
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table.string('change_id', 64).notNullable();
    table.string('digest', 128).notNullable();
    table.text('decided_by').notNullable();
    table.bigInteger('decided_at').notNullable();
    table.text('note');
    table.bigInteger('voided_at');
    table.text('voided_reason');
    table.index(['target_id', 'decided_at'], 'approvals_target_idx');
  });

  await knex.schema.createTable('runs', table => {
    table.string('id', 64).primary();
    table
      .string('target_id', 64)
      .notNullable()
      .references('targets.id')
      .onDelete('CASCADE');
    table.string('migration_id', 64).notNullable();
    table.string('kind', 32).notNullable();
    table.string('state', 32).notNullable();
    table.integer('attempt').notNullable();
    table.integer('max_attempts').notNullable();
    table.integer('token').notNullable();
    table.bigInteger('lease_until');
    table.text('task_id');
    table.text('fleet_ref');
    table.string('credential_hash', 64);
    table.bigInteger('credential_expires_at');
    table.bigInteger('available_at').notNullable();
    table.text('failure');
    table.text('message');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at');
    // The reported result, kept until the target has taken it in.
    table.text('result', 'longtext');
    table.boolean('outcome_pending').notNullable().defaultTo(false);
    table.integer('log_lines').notNullable().defaultTo(0);
    table.integer('log_bytes').notNullable().defaultTo(0);
    table.index(['state', 'available_at'], 'runs_queue_idx');
    table.index(['state', 'lease_until'], 'runs_lease_idx');
    table.index(['target_id', 'created_at'], 'runs_target_idx');
    table.index(['migration_id', 'state'], 'runs_migration_idx');
    table.index(['outcome_pending', 'ended_at'], 'runs_outcome_idx');
  });

  await knex.schema.createTable('run_credentials', table => {
    table
      .string('run_id', 64)
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.string('hash', 64).notNullable();
    table.integer('attempt').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.primary(['run_id', 'hash']);
  });

  await knex.schema.createTable('run_reports', table => {
    table
      .string('run_id', 64)
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.string('report_id', 100).notNullable();
    table.primary(['run_id', 'report_id']);
  });

  await knex.schema.createTable('run_log_lines', table => {
    table
      .string('run_id', 64)
      .notNullable()
      .references('runs.id')
      .onDelete('CASCADE');
    table.integer('sequence').notNullable();
    table.integer('attempt').notNullable();
    table.bigInteger('at').notNullable();
    table.text('line').notNullable();
    table.primary(['run_id', 'sequence']);
  });

  await knex.schema.createTable('activity', table => {
    table.bigIncrements('id');
    table
      .string('migration_id', 64)
      .notNullable()
      .references('migrations.id')
      .onDelete('CASCADE');
    table.string('target_id', 64);
    table.bigInteger('at').notNullable();
    table.text('actor').notNullable();
    table.string('kind', 64).notNullable();
    table.text('message').notNullable();
    table.index(['migration_id', 'id'], 'activity_migration_idx');
    table.index(['target_id', 'id'], 'activity_target_idx');
  });

  await knex.schema.createTable('pending_migrations', table => {
    table.text('dataset').notNullable();
    table.string('target_version', 200).notNullable();
    table.string('current_version', 200).notNullable();
    table.text('source').notNullable();
    table.bigInteger('first_seen_at').notNullable();
    table.bigInteger('last_seen_at').notNullable();
    table.string('migration_id', 64);
    table.text('problem');
    table.primary(['dataset', 'target_version']);
  });

  await knex.schema.createTable('campaigns', table => {
    table.string('id', 64).primary();
    table.text('name').notNullable();
    table.text('title').notNullable();
    table.string('state', 32).notNullable();
    table.string('outcome', 32);
    table.text('created_by').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('updated_at').notNullable();
    table.text('datasets', 'longtext').notNullable();
    table.index(['created_at', 'id'], 'campaigns_page_idx');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'campaigns',
    'pending_migrations',
    'activity',
    'run_log_lines',
    'run_reports',
    'run_credentials',
    'runs',
    'approvals',
    'changes',
    'targets',
    'plans',
    'migrations',
  ]) {
    await knex.schema.dropTable(table);
  }
};
