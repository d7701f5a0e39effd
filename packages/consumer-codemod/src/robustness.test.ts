import fc from 'fast-check';
import { InProcessParser } from './parser/InProcessParser';
import { rewriteConsumer } from './rewriteConsumer';
import { testMapping } from './testing';

const mapping = testMapping({ rows: { grain: 'same' } });
const parser = new InProcessParser();

function rewriteBytes(content: Buffer, path = 'models/q.sql') {
  return rewriteConsumer({
    mapping,
    answers: [],
    files: [{ path, content }],
    parser,
  });
}

const SOURCES = [
  "with src as (select * from {{ ref('t1') }}), m as (select src.*, u.x from src left join u using (id)) select country, {{ f('ratio') }} from m",
  "SELECT a.country AS c, COUNT(*) FROM `shop.analytics.t1` a JOIN u ON a.id = u.id WHERE a.country = 'é' OR ratio > 1 GROUP BY 1 ORDER BY c -- 😀",
  "{% if is_incremental() %}select * from {{ source('raw', 't1') }} where activity_ts > 1{% else %}select * from analytics.t1{% endif %}",
  'DECLARE x INT64; BEGIN IF x > 1 THEN INSERT INTO d.y SELECT country FROM analytics.t1; END IF; END; SELECT id FROM analytics.t1 PIVOT(SUM(id) FOR country IN (1))',
  'CREATE TEMP FUNCTION f(x ARRAY<INT64>) RETURNS ARRAY<INT64> AS ((SELECT x)); MERGE d.y USING analytics.t1 s ON s.id = y.id WHEN MATCHED THEN UPDATE SET c = s.country',
];

/** Cuts, doubles, swaps and garbles pieces of a text. */
const mutation = fc
  .tuple(
    fc.constantFrom(...SOURCES),
    fc.array(
      fc.tuple(
        fc.nat(400),
        fc.nat(12),
        fc.constantFrom(
          '',
          '(',
          ')',
          ',',
          "'",
          '`',
          '{{',
          '}}',
          '{%',
          '*',
          ';',
          ' FROM ',
          'analytics.t1',
          '\u0000',
          '😀',
          '\r\n',
          '|>',
          'END',
          '--',
          '/*',
        ),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  )
  .map(([source, cuts]) =>
    cuts.reduce(
      (text, [at, length, put]) =>
        text.slice(0, at % (text.length + 1)) +
        put +
        text.slice((at % (text.length + 1)) + length),
      source,
    ),
  );

jest.setTimeout(180_000);

describe('any text', () => {
  it('ends in an edit that is done, or in none', async () => {
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(mutation, async text => {
        const result = await rewriteBytes(Buffer.from(text));
        for (const { after, before } of result.files) {
          changed++;
          expect(before.toString()).toBe(text);
          const again = await rewriteBytes(after);
          expect(again.files).toEqual([]);
          expect(again.uses.filter(({ indirect }) => !indirect)).toEqual([]);
        }
        const silent =
          result.files.length === 0 &&
          result.outcome !== 'not-affected' &&
          result.findings.length === 0;
        expect(silent).toBe(false);
      }),
      { numRuns: 400, seed: 11 },
    );
    expect(changed).toBeGreaterThan(20);
  });

  it.each([
    ['broken', 'SELECT FROM WHERE (( analytics.t1'],
    ['a lone bracket', `SELECT ${')'.repeat(50)} FROM analytics.t1`],
    [
      'deep nesting',
      `SELECT ${'('.repeat(3000)}1${')'.repeat(3000)} FROM analytics.t1`,
    ],
    [
      'deep queries',
      `${'SELECT * FROM ('.repeat(
        120,
      )}SELECT country FROM analytics.t1${')'.repeat(120)}`,
    ],
    ['an open string', "SELECT 'a FROM analytics.t1"],
    ['open Jinja', "select {{ ref('t1') from analytics.t1"],
    [
      'tags that do not pair',
      '{% if a %} select id from analytics.t1 {% endfor %}',
    ],
    ['a dangling comma', 'SELECT id, FROM analytics.t1,'],
    ['only a name', 'analytics.t1'],
    ['a control character', 'SELECT\u0001 id FROM analytics.t1'],
  ])('does not crash on %s', async (_, text) => {
    const result = await rewriteBytes(Buffer.from(text));
    expect(['changed', 'needs-person']).toContain(result.outcome);
    for (const { after } of result.files) {
      const again = await rewriteBytes(after);
      expect(again.outcome).toBe('not-affected');
    }
  });

  it.each([
    [
      'UTF-16',
      Buffer.from('\uFEFFSELECT id FROM analytics.t1', 'utf16le'),
      'ENCODING_UNSUPPORTED',
    ],
    [
      'Latin-1',
      Buffer.from("SELECT 'é' FROM analytics.t1", 'latin1'),
      'ENCODING_UNSUPPORTED',
    ],
    [
      'a huge file',
      Buffer.from(`SELECT id FROM analytics.t1 -- ${'x'.repeat(2_100_000)}`),
      'FILE_TOO_LARGE',
    ],
  ])('refuses %s', async (_, content, reason) => {
    const result = await rewriteBytes(content);
    expect(result.files).toEqual([]);
    expect(result.findings.map(finding => finding.reason)).toEqual([reason]);
  });

  it('skips binary files', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 1, 2, 0xff, 0xfe]),
      Buffer.from('analytics.t1'),
      Buffer.alloc(64),
    ]);
    expect((await rewriteBytes(bytes, 'x.parquet')).outcome).toBe(
      'not-affected',
    );
  });
});
