import { Random } from '../../packages/equivalence/src/generate/Random';
import { BEFORE } from '../../packages/equivalence/src/testUtils/naming';
import { REALISTIC_QUERIES } from '../../packages/equivalence/src/testUtils/realisticQueries';

/** A file of a generated consumer. */
export interface CorpusFile {
  path: string;
  content: Buffer;
}

/** Files of one repository, as they are handed to the engine together. */
export type Repository = CorpusFile[];

const FILES_PER_REPOSITORY = 50;
const NOUNS = ['visits', 'payments', 'users', 'events', 'stock', 'refunds'];
const COLUMNS = ['id', 'country', 'amount', 'status', 'created_at', 'city'];

function word(random: Random): string {
  return `${random.pick(NOUNS)}_${random.pick(COLUMNS)}_${random.integer(
    1,
    99,
  )}`;
}

/** A query like those that read the dataset, over other tables. */
function foreignQuery(random: Random): string {
  const [first, second] = [word(random), word(random)];
  const outputs = Array.from(
    { length: random.integer(4, 14) },
    () => `  a.${random.pick(COLUMNS)} AS ${word(random)}`,
  );
  return [
    `-- ${word(random)} by ${random.pick(COLUMNS)}`,
    `WITH base AS (`,
    `  SELECT * FROM \`shop.sales.${first}\` WHERE status = '${word(random)}'`,
    `)`,
    `SELECT`,
    outputs.join(',\n'),
    `FROM base a`,
    `LEFT JOIN \`shop.crm.${second}\` b ON a.id = b.id`,
    `WHERE a.amount > ${random.integer(1, 500)} AND b.country IN ('SE', 'NO')`,
    `GROUP BY ${outputs.map((_, index) => index + 1).join(', ')}`,
    '',
  ].join('\n');
}

function foreignPython(random: Random): string {
  const steps = Array.from(
    { length: random.integer(10, 60) },
    () =>
      `    frame["${word(random)}"] = frame["${random.pick(
        COLUMNS,
      )}"] * ${random.integer(2, 9)}`,
  );
  return `import pandas as pd\n\n\ndef ${word(random)}(frame):\n${steps.join(
    '\n',
  )}\n    return frame\n`;
}

function foreignYaml(random: Random): string {
  const models = Array.from(
    { length: random.integer(5, 40) },
    () =>
      `  - name: ${word(random)}\n    description: ${word(
        random,
      )} of the shop\n    columns:\n      - name: ${random.pick(COLUMNS)}`,
  );
  return `version: 2\nmodels:\n${models.join('\n')}\n`;
}

const FOREIGN: Array<
  [ending: string, share: number, make: (random: Random) => string]
> = [
  ['sql', 6, foreignQuery],
  ['py', 3, foreignPython],
  ['yml', 1, foreignYaml],
];

function inRepositories(files: CorpusFile[]): Repository[] {
  return Array.from(
    { length: Math.ceil(files.length / FILES_PER_REPOSITORY) },
    (_, index) =>
      files.slice(
        index * FILES_PER_REPOSITORY,
        (index + 1) * FILES_PER_REPOSITORY,
      ),
  );
}

/** Files that do not mention the dataset: SQL, Python and YAML. */
export function foreignRepositories(count: number): Repository[] {
  const random = new Random(11);
  const kinds = FOREIGN.flatMap(([ending, share, make]) =>
    Array.from({ length: share }, () => ({ ending, make })),
  );
  return inRepositories(
    Array.from({ length: count }, (_, index) => {
      const { ending, make } = random.pick(kinds);
      return {
        path: `src/${word(random)}_${index}.${ending}`,
        content: Buffer.from(make(random)),
      };
    }),
  );
}

/** SQL files that read the dataset, each a variation of a realistic query. */
export function affectedRepositories(count: number): Repository[] {
  const random = new Random(12);
  return inRepositories(
    Array.from({ length: count }, (_, index) => {
      const query = REALISTIC_QUERIES[index % REALISTIC_QUERIES.length];
      const sql = query
        .sql(BEFORE)
        .replace(/ (FROM|WHERE|GROUP BY|ORDER BY|LEFT JOIN|JOIN) /g, '\n$1 ');
      const text = `-- ${word(random)}: ${
        query.name
      }\n${sql}\n-- checked by ${word(random)}\n`;
      return {
        path: `sql/${word(random)}_${index}.sql`,
        content: Buffer.from(text),
      };
    }),
  );
}
