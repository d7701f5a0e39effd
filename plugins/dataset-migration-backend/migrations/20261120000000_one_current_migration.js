/** A dataset has one migration at a time that has not ended, whoever asks at once. */
exports.up = async function up(knex) {
  await knex.raw(
    `create unique index migrations_current_uidx on migrations (dataset) where state <> 'ended'`,
  );
};

exports.down = async function down(knex) {
  await knex.raw('drop index migrations_current_uidx');
};
