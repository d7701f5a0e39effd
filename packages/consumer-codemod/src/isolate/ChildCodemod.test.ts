import { rewriteConsumer } from '../rewriteConsumer';
import { InProcessParser } from '../parser/InProcessParser';
import { testMapping } from '../testing';
import { ChildCodemod, CodemodWork } from './ChildCodemod';

jest.setTimeout(120_000);

const FAULTY = require.resolve('./testing/faulty-process.ts');
const READ = "select country from {{ ref('t1') }}\n";

function work(files: Record<string, string>): CodemodWork {
  return {
    mapping: testMapping(),
    answers: [],
    files: Object.entries(files).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
  };
}

/** A dbt project whose files need to know of each other, and a reader in Scala of two files. */
const PROJECT = {
  'models/a.sql': READ,
  'models/b.sql': "select {{ names() }} from {{ ref('t1') }}\n",
  'models/reader.sql': "select country from {{ ref('a') }}\n",
  'macros/names.sql': '{% macro names() %}country{% endmacro %}\n',
  'models/schema.yml':
    'models:\n  - name: a\n    depends_on: ["ref(\'t1\')"]\n    columns:\n      - { name: country, data_type: string }\n',
  'src/Tables.scala': 'object Tables { val T = "shop:analytics.t1" }\n',
  'src/Job.scala': `package x
import com.spotify.scio.bigquery._
object Job {
  def main(args: Array[String]): Unit = {
    sc.bigQueryTable(Table.Spec(Tables.T)).map(r => r.getString("country"))
  }
}
`,
  'README.md': 'nothing\n',
};

describe('ChildCodemod', () => {
  let codemod: ChildCodemod;

  afterEach(() => codemod.close());

  it('finds out what the codemod does in this process', async () => {
    codemod = new ChildCodemod();
    const parser = new InProcessParser();
    const input = work(PROJECT);
    const expected = await rewriteConsumer({ ...input, parser });
    expect(expected.files.length).toBeGreaterThan(1);
    expect(await codemod.rewrite(input)).toEqual(expected);
    // The same process answers again.
    expect(await codemod.findReads(input)).toEqual(
      (await rewriteConsumer({ ...input, parser, direct: true })).uses,
    );
  });

  it('starts no process for a consumer that does not name the dataset', async () => {
    codemod = new ChildCodemod({ entry: '/no/such/module.js' });
    expect(await codemod.rewrite(work({ 'q.sql': 'SELECT 1' }))).toEqual({
      files: [],
      uses: [],
      findings: [],
      outcome: 'not-affected',
    });
    await expect(codemod.rewrite(work({ 'q.sql': READ }))).rejects.toThrow(
      'The process of the codemod broke down',
    );
  });

  describe.each([
    ['loop', 2_000, 'REWRITE_TIMEOUT', 'more than 2 seconds'],
    // Memory runs out in a time that the machine decides.
    ['heap', 60_000, 'REWRITE_CRASHED', 'out of memory'],
    ['native', 60_000, 'REWRITE_CRASHED', 'out of memory'],
    ['kill', 60_000, 'REWRITE_CRASHED', 'the process ended with SIGKILL'],
  ])('%s', (fault, fileMs, reason, detail) => {
    it('costs its own file only', async () => {
      codemod = new ChildCodemod({
        entry: FAULTY,
        fileMs,
        memoryMb: 300,
      });
      const { files, findings, uses, outcome } = await codemod.rewrite(
        work({
          'models/a.sql': READ,
          'models/m.sql': `\n${READ}-- fault: ${fault}\n`,
          'models/z.sql': READ,
        }),
      );
      expect(files.map(file => [file.path, `${file.after}`])).toEqual(
        ['models/a.sql', 'models/z.sql'].map(path => [
          path,
          "select country_code AS country from {{ ref('t2') }} where NOT is_deleted\n",
        ]),
      );
      expect(findings).toEqual([
        expect.objectContaining({
          reason,
          route: 'person',
          message: expect.stringContaining(`(${detail})`),
          place: expect.objectContaining({ path: 'models/m.sql', line: 2 }),
        }),
      ]);
      expect(
        uses.filter(use => use.place.path === 'models/m.sql'),
      ).toMatchObject([{ route: 'person', context: 'text', snippet: 't1' }]);
      expect(outcome).toBe('needs-person');
    });
  });

  it('takes several such files in one repository, and rewrites each other file once', async () => {
    codemod = new ChildCodemod({ entry: FAULTY, fileMs: 2_000 });
    const files: Record<string, string> = {};
    for (let index = 0; index < 40; index += 1) {
      const fault = { 5: 'exit', 17: 'pattern', 29: 'stack', 30: 'throw' }[
        index
      ];
      files[`models/m${index}.sql`] = fault
        ? `${READ}-- fault: ${fault}\n`
        : READ;
    }
    const result = await codemod.rewrite(work(files));
    expect(result.files).toHaveLength(36);
    expect(
      result.findings.map(({ reason, place }) => [place?.path, reason]),
    ).toEqual([
      ['models/m5.sql', 'REWRITE_CRASHED'],
      ['models/m17.sql', 'REWRITE_TIMEOUT'],
      ['models/m29.sql', 'REWRITE_CRASHED'],
      ['models/m30.sql', 'REWRITE_CRASHED'],
    ]);
  });

  it.each(['loop', 'exit', 'throw'])(
    'lets a parser that fails (%s) cost a text only',
    async fault => {
      codemod = new ChildCodemod({ entry: FAULTY, textMs: 2_000 });
      const { files, findings } = await codemod.rewrite(
        work({
          'models/a.sql': `${READ}-- parser: ${fault}\n`,
          'models/b.sql': READ,
        }),
      );
      expect(files.map(({ path }) => path)).toEqual(['models/b.sql']);
      expect(findings[0].reason).toBe('PARSER_LIMIT');
      expect(new Set(findings.map(({ place }) => place?.path))).toEqual(
        new Set(['models/a.sql']),
      );
    },
  );

  it('edits no lost file together with another', async () => {
    const mapping = testMapping({ rows: { grain: 'same' } });
    codemod = new ChildCodemod({ entry: FAULTY });
    const scala = async (comment: string) => {
      const { files } = await codemod.rewrite({
        ...work({
          ...PROJECT,
          'src/Job.scala': `${PROJECT['src/Job.scala']}// ${comment}\n`,
        }),
        mapping,
      });
      return files.flatMap(({ path }) => (/scala$/.test(path) ? [path] : []));
    };
    expect(await scala('no more')).toEqual([
      'src/Tables.scala',
      'src/Job.scala',
    ]);
    expect(await scala('no more of analytics.t1 (fault: exit)')).toEqual([]);
  });

  it('ends with its caller, whatever it is at', async () => {
    codemod = new ChildCodemod({ entry: FAULTY });
    const running = codemod
      .rewrite(work({ 'q.sql': `${READ}-- fault: loop\n` }))
      .catch(String);
    await new Promise(resolve => setTimeout(resolve, 500));
    await codemod.close();
    expect(await running).toBe('Error: The codemod was closed');
  });
});
