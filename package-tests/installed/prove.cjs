/** Proves one rewrite with the installed prover, in its own process. */
const { proveEquivalence } = require('dataset-migration-equivalence');
const mapping = require('./mapping.json');

function prove(newSql) {
  return proveEquivalence({
    mapping,
    statements: [
      {
        path: 'report.sql',
        label: 'statement 1',
        oldSql: 'SELECT country FROM shop.orders_v1',
        newSql,
        ordered: false,
        tables: [],
      },
    ],
    answers: [],
    seed: 1,
    limits: { timeoutMs: 60_000, memoryMb: 1024 },
  });
}

async function main() {
  return {
    entry: require.resolve('dataset-migration-equivalence/prover-process'),
    right: await prove('SELECT country_code AS country FROM shop.orders_v2'),
    wrong: await prove("SELECT 'x' AS country FROM shop.orders_v2"),
  };
}

main().then(result => console.log(JSON.stringify(result)));
