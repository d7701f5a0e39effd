/** Rewrites a query with the installed codemod, whose parsers run in its own process. */
const {
  ChildParser,
  rewriteConsumer,
} = require('dataset-migration-consumer-codemod');
const mapping = require('./mapping.json');

async function main() {
  const parser = new ChildParser();
  const parsed = await parser.parse('SELECT o.country FROM t o', 'bigquery');
  const python = await parser.parseTree('x = 1\n', 'python');
  const scala = await parser.parseTree('val x = 1\n', 'scala');
  const { files } = await rewriteConsumer({
    mapping,
    answers: [],
    files: [
      {
        path: 'report.sql',
        content: Buffer.from('SELECT country FROM shop.orders_v1\n'),
      },
    ],
    parser,
  });
  await parser.close();
  return {
    entry: require.resolve('dataset-migration-consumer-codemod/parser-process'),
    parsed,
    trees: [python, scala].map(tree => (tree.ok ? tree.root.type : tree)),
    after: files.map(file => file.after.toString()),
  };
}

main().then(result => console.log(JSON.stringify(result)));
