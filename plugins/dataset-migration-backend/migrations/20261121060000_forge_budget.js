/**
 * What each identity asked of the forge lately, so that all replicas share one budget.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('forge_identities', table => {
    table.string('identity', 255).primary();
    table.bigInteger('blocked_until');
    table.integer('strikes').notNullable().defaultTo(0);
    table.integer('remaining');
    table.integer('per_hour');
    table.bigInteger('reset_at');
  });

  await knex.schema.createTable('forge_requests', table => {
    table.string('id', 64).primary();
    table
      .string('identity', 255)
      .notNullable()
      .references('forge_identities.identity')
      .onDelete('CASCADE');
    table.integer('points').notNullable();
    table.boolean('content').notNullable();
    table.boolean('search').notNullable();
    // Absent while under way. A killed process never says, so it counts as ended at `expires_at`.
    table.bigInteger('ended_at');
    table.bigInteger('expires_at').notNullable();
    table.index(['identity', 'ended_at'], 'forge_requests_recent_idx');
    table.index(
      ['identity', 'content', 'ended_at'],
      'forge_requests_content_idx',
    );
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('forge_requests');
  await knex.schema.dropTable('forge_identities');
};
