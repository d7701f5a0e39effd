/**
 * Which waves of a migration are open, what its breaker did, who reads whose output, and
 * what is on record about each target's way to people.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts', table => {
    table
      .string('migration_id', 64)
      .primary()
      .references('migrations.id')
      .onDelete('CASCADE');
    // The last wave that is open; opening the next one is a conditional update of it.
    table.integer('open_wave').notNullable().defaultTo(0);
    table.bigInteger('decided_at');
    // The numbers that tripped the breaker last, as JSON.
    table.text('halt');
    // What the halt has still to take back: `wave` or `all`.
    table.string('taking_back', 16);
  });
  await knex.schema.createTable('rollout_waves', table => {
    table
      .string('migration_id', 64)
      .notNullable()
      .references('migrations.id')
      .onDelete('CASCADE');
    table.integer('wave').notNullable();
    table.bigInteger('opened_at').notNullable();
    table.text('opened_by').notNullable();
    table.text('reason');
    table.primary(['migration_id', 'wave']);
  });
  await knex.schema.createTable('lineage_edges', table => {
    table
      .string('migration_id', 64)
      .notNullable()
      .references('migrations.id')
      .onDelete('CASCADE');
    table.text('producer').notNullable();
    table.text('reader').notNullable();
    table.index(['migration_id'], 'lineage_edges_migration_idx');
  });
  await knex.schema.alterTable('targets', table => {
    table.string('criticality', 16);
    table.text('facts');
  });
  const opened = await knex('targets')
    .whereNotNull('pull_request')
    .select('id', 'state', 'outcome', 'updated_at');
  for (const { id, state, outcome, updated_at } of opened) {
    const at = Number(updated_at);
    const isMerged = state === 'merged' || outcome === 'migrated';
    await knex('targets')
      .where({ id })
      .update({
        facts: JSON.stringify({
          publishedAt: at,
          ...(isMerged && { mergedAt: at }),
        }),
      });
  }
  // Waves that were open before by hand stay open: what was published is in them.
  const published = await knex('targets')
    .whereIn('state', ['publishing', 'open', 'merged', 'reverting'])
    .groupBy('migration_id')
    .select('migration_id')
    .max({ wave: 'wave' });
  const now = Date.now();
  for (const { migration_id, wave } of published) {
    await knex('rollouts').insert({ migration_id, open_wave: wave });
    for (let each = 1; each <= wave; each += 1) {
      await knex('rollout_waves').insert({
        migration_id,
        wave: each,
        opened_at: now,
        opened_by: 'system',
      });
    }
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('targets', table => {
    table.dropColumn('criticality');
    table.dropColumn('facts');
  });
  await knex.schema.dropTable('lineage_edges');
  await knex.schema.dropTable('rollout_waves');
  await knex.schema.dropTable('rollouts');
};
