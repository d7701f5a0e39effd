import {
  ChildCodemod,
  InProcessParser,
  RewrittenStatement,
} from 'dataset-migration-consumer-codemod';
import { exampleJob } from '../testing/exampleJob';
import { compilePython } from './compile/compilePython';
import { CompilesVerifier } from './CompilesVerifier';
import { VerifierContext } from './Verifier';

jest.setTimeout(60_000);

type Texts = Record<string, string>;

/** What the verifier says where files of a repository change. */
async function verify(
  repository: Texts,
  changed: Texts,
  options: {
    paths?: string[];
    statements?: RewrittenStatement[];
    binds?: boolean;
  } = {},
) {
  const { statements = [], binds = true, ...target } = options;
  const after = { ...repository, ...changed };
  const context: VerifierContext = {
    job: exampleJob('http://127.0.0.1', { target }),
    changes: Object.keys(changed).map(path => ({ path })),
    patchBytes: 1,
    files: Object.keys(changed).map(path => ({
      path,
      ...(path in repository && { before: Buffer.from(repository[path]) }),
      after: Buffer.from(changed[path]),
      statements,
    })),
    filesAfter: Object.entries(after).map(([path, text]) => ({
      path,
      content: Buffer.from(text),
    })),
    parser: new InProcessParser(),
    codemod: new ChildCodemod(),
    deadline: Date.now() + 60_000,
  };
  const { evidence } = await new CompilesVerifier({ binds }).verify(context);
  return [evidence.verdict, evidence.reason, evidence.summary];
}

const PROJECT = { 'dbt/dbt_project.yml': 'name: shop\n' };
const SOURCES = (...tables: string[]) =>
  `version: 2\nsources:\n  - name: raw\n    tables:\n${tables
    .map(table => `      - name: ${table}\n`)
    .join('')}`;
const model = (table: string) =>
  `select * from {{ source('raw', '${table}') }}\n`;

describe('CompilesVerifier', () => {
  it('has nothing to say of what is not compiled', async () => {
    expect(await verify({ 'a.txt': 'a' }, { 'a.txt': 'b' })).toEqual([
      'not-run',
      'NOT_APPLICABLE',
      'The change holds nothing that is compiled.',
    ]);
  });

  describe('of plain SQL', () => {
    const bind = (
      newSql: string,
      oldSql = 'SELECT country FROM user_activity_v1',
    ) =>
      verify(
        { 'a.sql': oldSql },
        { 'a.sql': newSql },
        {
          statements: [
            {
              label: 'statement 1',
              oldSql,
              newSql,
              tables: [],
              ordered: false,
            },
          ],
        },
      );

    it('binds queries to the new contract', async () => {
      expect(
        await bind(
          'SELECT country_code AS country FROM user_activity_v2 WHERE NOT is_deleted',
        ),
      ).toEqual([
        'passed',
        undefined,
        'a.sql: its query binds to the new contract in the engine of the proof; the warehouse was not asked.',
      ]);
    });

    it('binds queries whose result is wrong, or empty', async () => {
      for (const end of ['', ' WHERE 1 = 0']) {
        const [verdict] = await bind(
          `SELECT country_code AS country FROM user_activity_v2${end}`,
          `SELECT country FROM user_activity_v1${end}`,
        );
        expect(verdict).toBe('passed');
      }
    });

    it('fails on a field that the new contract does not have', async () => {
      expect(
        (await bind('SELECT country FROM user_activity_v2')).slice(0, 2),
      ).toEqual(['failed', 'NEW_QUERY_DOES_NOT_BIND']);
    });

    it('says nothing of what the engine does not read', async () => {
      expect(
        (
          await bind(
            'SELECT country_code FROM user_activity_v2 MATCH_RECOGNIZE (nonsense',
            'SELECT country FROM user_activity_v1 MATCH_RECOGNIZE (nonsense',
          )
        ).slice(0, 2),
      ).toEqual(['not-run', 'NOT_BOUND']);
    });

    it('is not bound where nothing is to be proved', async () => {
      const [verdict, reason] = await verify(
        { 'a.sql': 'a' },
        { 'a.sql': 'b' },
        { binds: false },
      );
      expect([verdict, reason]).toEqual(['not-run', 'NOT_APPLICABLE']);
    });
  });

  it.each([
    ['a.py', 'q = "a"\n', 'q = "b"\n', 'q = "b\n'],
    [
      'A.scala',
      'object A { val q = "a" }',
      'object A { val q = "b" }',
      'object A {',
    ],
    ['a.json', '{"q": 1}', '{"q": 2}', '{"q": 2'],
    ['a.yaml', 'q: a\n', 'q: b\n', 'q: [b\n'],
    ['a.ipynb', '{"cells": []}', '{"cells": [1]}', '{"cells": [}'],
  ])(
    '%s passes while it can be read, and fails once it cannot',
    async (path, before, good, bad) => {
      expect((await verify({ [path]: before }, { [path]: good }))[0]).toBe(
        'passed',
      );
      expect(await verify({ [path]: before }, { [path]: bad })).toEqual([
        'failed',
        'SYNTAX_ERROR',
        expect.stringContaining(`${path} does not compile any more: `),
      ]);
      expect(
        (await verify({ [path]: bad }, { [path]: bad })).slice(0, 2),
      ).toEqual(['not-run', 'COMPILES_NEITHER']);
    },
  );

  it('takes Python of another version by its tree', async () => {
    const [verdict] = await verify(
      { 'a.py': 'print "a"\n' },
      { 'a.py': 'print "b"\n' },
    );
    expect(verdict).toBe('passed');
  });

  it('finds what only the compiler of Python refuses', async () => {
    // The tree has no error: return stands outside of a function.
    const said = await verify({ 'a.py': 'x = 1\n' }, { 'a.py': 'return 1\n' });
    const { kind } = await compilePython('');
    expect(said[0]).toBe(kind === 'absent' ? 'passed' : 'failed');
  });

  it('does not run what it compiles', async () => {
    const [verdict] = await verify(
      { 'a.py': '' },
      { 'a.py': 'import os\nos.abort()\n' },
    );
    expect(verdict).toBe('passed');
  });

  it('survives YAML that is made to break it', async () => {
    const deep = '['.repeat(200_000);
    const wide = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1\n`).join(
      '',
    );
    const repository = { ...PROJECT, 'dbt/deep.yml': deep, 'dbt/m.sql': 'a' };
    const [verdict] = await verify(repository, {
      'dbt/wide.yml': wide,
      'dbt/m.sql': 'b',
    });
    expect(verdict).toBe('passed');
  });

  it('leaves a build to a sandbox', async () => {
    expect((await verify({ 'A.java': 'a' }, { 'A.java': 'b' }))[1]).toBe(
      'NO_SANDBOX',
    );
  });

  describe('dbt', () => {
    it('finds what models refer to', async () => {
      const repository = {
        ...PROJECT,
        'dbt/models/src.yml': SOURCES('v1', 'v2'),
        'dbt/models/a.sql': model('v1'),
      };
      const said = await verify(repository, {
        'dbt/models/a.sql': model('v2'),
      });
      expect(said[0]).toBe('passed');
    });

    it('fails a reference that nothing declares', async () => {
      const repository = {
        ...PROJECT,
        'dbt/models/src.yml': SOURCES('v1'),
        'dbt/models/a.sql': model('v1'),
        'elsewhere/src.yml': SOURCES('v2'),
      };
      expect(
        await verify(repository, {
          'dbt/models/a.sql': `-- moved\n${model('v2')}`,
        }),
      ).toEqual([
        'failed',
        'DBT_REFERENCE_UNRESOLVED',
        'dbt/models/a.sql:2: dbt would not find source raw.v2; declare it in the project first.',
      ]);
      const ref = { 'dbt/models/a.sql': "select * from {{ ref('b') }}" };
      expect((await verify(repository, ref))[1]).toBe(
        'DBT_REFERENCE_UNRESOLVED',
      );
      const known = await verify(
        { ...repository, 'dbt/seeds/b.csv': 'a\n1\n' },
        ref,
      );
      expect(known[0]).toBe('passed');
    });

    it('does not blame the change for what was missing before', async () => {
      const said = await verify(
        { ...PROJECT, 'dbt/models/a.sql': model('v1') },
        { 'dbt/models/a.sql': `${model('v1')} where true` },
      );
      expect(said[0]).toBe('passed');
    });

    it('cannot tell where packages or unseen files may declare it', async () => {
      const repository = { ...PROJECT, 'dbt/models/a.sql': model('v1') };
      const change = { 'dbt/models/a.sql': model('v2') };
      const packages = { 'dbt/packages.yml': 'packages: []\n' };
      expect((await verify({ ...repository, ...packages }, change))[1]).toBe(
        'DBT_REFERENCE_ELSEWHERE',
      );
      expect((await verify(repository, change, { paths: ['dbt'] }))[1]).toBe(
        'DBT_REFERENCE_ELSEWHERE',
      );
    });

    it('cannot tell where the old reference was not declared either', async () => {
      const said = await verify(
        { ...PROJECT, 'dbt/models/a.sql': model('v1') },
        { 'dbt/models/a.sql': model('v2') },
      );
      expect(said.slice(0, 2)).toEqual(['not-run', 'COMPILES_NEITHER']);
    });

    it('checks the structure of declarations', async () => {
      const path = 'dbt/models/src.yml';
      const repository = { ...PROJECT, [path]: SOURCES('v1') };
      expect((await verify(repository, { [path]: SOURCES('v2') }))[0]).toBe(
        'passed',
      );
      const nameless = SOURCES('v2').replace('- name: v2', '- nam: v2');
      expect((await verify(repository, { [path]: nameless }))[2]).toContain(
        'sources[0].tables[0] needs a name',
      );
    });

    it('fails a table that is now declared twice', async () => {
      const said = await verify(
        {
          ...PROJECT,
          'dbt/models/a.yml': SOURCES('v1'),
          'dbt/models/b.yml': SOURCES('v2'),
        },
        { 'dbt/models/a.yml': SOURCES('v2') },
      );
      expect(said).toEqual([
        'failed',
        'DBT_DECLARED_TWICE',
        'dbt refuses two declarations of source raw.v2: dbt/models/a.yml, dbt/models/b.yml.',
      ]);
    });
  });
});
