/** Rewrites a query with the installed codemod in its own process, twice. */
const { ChildCodemod } = require('dataset-migration-consumer-codemod');
const mapping = require('./mapping.json');

async function main() {
  const codemod = new ChildCodemod();
  const rewrite = async () => {
    const { files } = await codemod.rewrite({
      mapping,
      answers: [],
      files: [
        {
          path: 'report.sql',
          content: Buffer.from('SELECT country FROM shop.orders_v1\n'),
        },
      ],
    });
    return files.map(file => file.after.toString());
  };
  const after = await rewrite();
  const again = await rewrite();
  await codemod.close();
  return {
    entry: require.resolve(
      'dataset-migration-consumer-codemod/codemod-process',
    ),
    after,
    again,
  };
}

main().then(result => console.log(JSON.stringify(result)));
