const { createHash } = require('crypto');

/**
 * Repositories whose names differ only in case are one: targets are told apart and found by the
 * name in lower case.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await dropIndexes(knex, ['targets_pull_idx', 'targets_revert_idx']);
  await knex.raw(
    'create index targets_pull_idx on targets (lower(repository), pull_request_number)',
  );
  await knex.raw(
    'create index targets_revert_idx on targets (lower(repository), revert_number)',
  );
  await identifyAgain(knex, name => name.toLowerCase());
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await dropIndexes(knex, ['targets_pull_idx', 'targets_revert_idx']);
  await knex.schema.alterTable('targets', table => {
    table.index(['repository', 'pull_request_number'], 'targets_pull_idx');
    table.index(['repository', 'revert_number'], 'targets_revert_idx');
  });
  await identifyAgain(knex, name => name);
};

async function dropIndexes(knex, names) {
  for (const name of names) await knex.raw('drop index ??', [name]);
}

async function identifyAgain(knex, nameOf) {
  const targets = await knex('targets')
    .whereRaw('repository <> lower(repository)')
    .orderBy('created_at')
    .select('id', 'migration_id', 'consumer', 'repository', 'paths');
  for (const target of targets) {
    const identity = createHash('sha256')
      .update(
        JSON.stringify([
          target.consumer ?? '',
          nameOf(target.repository),
          JSON.parse(target.paths).sort(),
        ]),
      )
      .digest('hex');
    const { migration_id } = target;
    // Two that were kept as two stay so: both have their history.
    if (
      !(await knex('targets').where({ migration_id, identity }).first('id'))
    ) {
      await knex('targets').where({ id: target.id }).update({ identity });
    }
  }
}
