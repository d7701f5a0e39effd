import { InProcessParser } from '../parser/InProcessParser';
import { rewriteConsumer } from '../rewriteConsumer';
import { testMapping } from '../testing';

jest.setTimeout(60_000);

describe('Names that several files of Python share', () => {
  it('hands over a constant that another file uses', async () => {
    const config =
      'TABLE = "analytics.t1"\nclient.query(f"SELECT id FROM {TABLE}")\n';
    const rewriteWith = (text: string) =>
      rewriteConsumer({
        mapping: testMapping(),
        answers: [],
        files: [
          { path: 'app/config.py', content: Buffer.from(config) },
          { path: 'app/job.py', content: Buffer.from(text) },
        ],
        parser: new InProcessParser(),
      });
    const shared = await rewriteWith(
      'from app.config import TABLE\nrun("SELECT country FROM " + TABLE)',
    );
    expect(shared.files).toEqual([]);
    expect(shared.findings).toMatchObject([
      { reason: 'PYTHON_STRING_SHARED', place: { path: 'app/config.py' } },
    ]);
    const loaded = await rewriteWith('config(TABLE)');
    expect(loaded.files).toEqual([]);
    const apart = await rewriteWith('TABLE = "u"\nrun(TABLE)');
    expect(apart.files.map(({ path }) => path)).toEqual(['app/config.py']);
  });

  it('lets several files call what they read by one name', async () => {
    const text = 'df = client.query("SELECT id FROM analytics.t1")\n';
    const files = ['job.py', 'other.py'].map(path => ({
      path,
      content: Buffer.from(`import job, other\n${text}`),
    }));
    const parser = new InProcessParser();
    const mapping = testMapping();
    const result = await rewriteConsumer({
      mapping,
      answers: [],
      files,
      parser,
    });
    expect(result.files).toHaveLength(2);
  });

  it.each([
    [
      'QUERY = "SELECT id FROM analytics.t1"',
      'run(sql.QUERY + " LIMIT 5")',
      false,
    ],
    ['QUERY = "SELECT id FROM analytics.t1"', 'run(sql.QUERY)', true],
    [
      'QUERY = "SELECT id FROM analytics.t1"\nrun(QUERY + " WHERE id = 1")',
      'run(sql.QUERY)',
      false,
    ],
    [
      'QUERY = "SELECT id FROM analytics.t1"\nrun(QUERY + " WHERE id = 1")',
      'run(1)',
      true,
    ],
    [
      'QUERY = "SELECT id FROM analytics.t1"',
      'run(f"{sql.QUERY} LIMIT 5")',
      false,
    ],
    [
      'def query():\n    return "SELECT id FROM analytics.t1"',
      'run(sql.query() + " LIMIT 5")',
      false,
    ],
    [
      'def query():\n    return "SELECT id FROM analytics.t1"',
      'run(sql.query())',
      true,
    ],
  ])('looks at what other files do with %s: %s', async (text, use, changed) => {
    const result = await rewriteConsumer({
      mapping: testMapping(),
      answers: [],
      files: [
        { path: 'app/sql.py', content: Buffer.from(text) },
        {
          path: 'app/job.py',
          content: Buffer.from(`from app import sql\n${use}`),
        },
      ],
      parser: new InProcessParser(),
    });
    expect(result.outcome).toBe(changed ? 'changed' : 'needs-person');
  });
});
