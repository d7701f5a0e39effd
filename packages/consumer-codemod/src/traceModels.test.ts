import { InProcessParser } from './parser/InProcessParser';
import { findReads, rewriteConsumer } from './rewriteConsumer';
import { rewriteText, testMapping } from './testing';

const mapping = testMapping({ rows: { grain: 'same' } });

function inputOf(files: Record<string, string>) {
  return {
    mapping,
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
  };
}

describe('uses', () => {
  it('say what becomes of a field in the output', async () => {
    const { uses } = await rewriteText(
      `WITH c AS (SELECT a.country AS land, UPPER(a.country) AS big, a.ratio FROM analytics.t1 a WHERE a.id > 1)
SELECT land, CONCAT(big, land) AS pair FROM c ORDER BY ratio`,
      { mapping },
    );
    expect(
      uses.map(({ field, context, via, outputs }) => [
        field,
        context,
        via,
        outputs,
      ]),
    ).toEqual([
      [
        'country',
        'projection',
        [{ kind: 'alias', name: 'a' }],
        [
          { name: 'land', as: 'unchanged' },
          { name: 'pair', as: 'expression' },
        ],
      ],
      [
        'country',
        'projection',
        [{ kind: 'alias', name: 'a' }],
        [{ name: 'pair', as: 'expression' }],
      ],
      [
        'ratio',
        'projection',
        [{ kind: 'alias', name: 'a' }],
        [{ as: 'filter' }],
      ],
      [undefined, 'table', undefined, undefined],
      ['id', 'filter', [{ kind: 'alias', name: 'a' }], [{ as: 'filter' }]],
    ]);
  });

  it('show who reads a field behind a star, and do not count that as a read', async () => {
    const files = {
      'q.sql':
        'with src as (select * from analytics.t1), mid as (select src.* from src)\nselect m.country as land from mid m',
    };
    const { uses } = await rewriteConsumer(inputOf(files));
    expect(uses.filter(({ indirect }) => indirect)).toMatchObject([
      {
        field: 'country',
        place: { line: 2, column: 10 },
        via: [
          { kind: 'cte', name: 'src' },
          { kind: 'cte', name: 'm' },
        ],
        outputs: [{ name: 'land', as: 'unchanged' }],
      },
    ]);
    const reads = await findReads(inputOf(files));
    expect(reads.map(({ context }) => context)).toEqual(['star', 'table']);
  });

  it('are followed through models and views of the repository', async () => {
    const { uses, files } = await rewriteConsumer(
      inputOf({
        'models/stg.sql':
          "with s as (select * from {{ ref('t1') }}) select id, country as land from s",
        'models/mart.sql':
          "with stg as (select * from {{ ref('stg') }})\nselect upper(land) as big, other from stg",
        'models/report.sql':
          "select big from {{ ref('mart') }} where big = 'X'",
        'models/else.sql': "select land from {{ ref('other') }}",
        'sql/view.sql':
          'CREATE OR REPLACE VIEW `shop.marts.v` AS SELECT country FROM analytics.t1',
        'sql/q.sql': 'SELECT 1 FROM shop.marts.v WHERE country IS NULL',
      }),
    );
    expect(files.map(({ path }) => path)).toEqual([
      'models/stg.sql',
      'sql/view.sql',
    ]);
    const traced = uses
      .filter(
        use => use.indirect && use.via?.some(({ kind }) => kind !== 'cte'),
      )
      .map(({ place, field, via, outputs, route }) => [
        `${place.path}:${place.line}:${place.column}`,
        field,
        via?.map(({ kind, name }) => `${kind} ${name}`).join(' > '),
        outputs?.map(({ name, as }) => `${name ?? ''} ${as}`).join(),
        route,
      ]);
    expect(traced).toEqual([
      [
        'models/mart.sql:2:14',
        'country',
        'model stg > cte stg',
        'big expression',
        'codemod',
      ],
      ['sql/q.sql:1:34', 'country', 'view shop.marts.v', ' filter', 'codemod'],
      [
        'models/report.sql:1:8',
        'country',
        'model stg > model mart',
        'big unchanged',
        'codemod',
      ],
      [
        'models/report.sql:1:41',
        'country',
        'model stg > model mart',
        ' filter',
        'codemod',
      ],
    ]);
  });

  it('end where models read each other in a circle', async () => {
    const { uses } = await rewriteConsumer(
      inputOf({
        'models/a.sql':
          "select country from {{ ref('t1') }} union all select country from {{ ref('b') }}",
        'models/b.sql': "select country from {{ ref('a') }}",
      }),
    );
    expect(uses.length).toBeLessThan(10);
  });
});
