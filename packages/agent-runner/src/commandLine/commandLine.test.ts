import { execFileSync } from 'child_process';
import { existsSync, statSync, symlinkSync } from 'fs';
import { join } from 'path';
import { EXAMPLE_PLAN, TestCheckout } from '../testing/TestCheckout';

jest.setTimeout(120_000);

const REPORT =
  'SELECT country, COUNT(*) AS n\nFROM lake.events_v1\nGROUP BY country\n';
const SCORE = 'SELECT user_id, score\nFROM lake.events_v1\n';
const FLEET = join(__dirname, '../../../demo-fleet/fleet');
const PLAN = ['--plan', 'plans/events.yaml'];
const ON_REPO = [...PLAN, '--repo', 'repo'];

describe('dataset-migration', () => {
  let checkout: TestCheckout;

  beforeEach(() => {
    checkout = new TestCheckout();
    checkout.write(EXAMPLE_PLAN);
    checkout.write({
      'repo/sql/report.sql': REPORT,
      'repo/README.md': '# Reads events_v1\n',
    });
  });
  afterEach(() => checkout.remove());

  describe('check', () => {
    it('says what a good plan maps', async () => {
      expect(await checkout.run(['check', ...PLAN])).toEqual({
        code: 0,
        output:
          'plans/events.yaml: 5 fields of resource:default/events-v1 are mapped to resource:default/events-v2.\n',
        errors: '',
      });
    });

    it('names file, line and column of what is wrong, also in a contract', async () => {
      checkout.write({
        'plans/events.yaml': EXAMPLE_PLAN['plans/events.yaml'].replace(
          'country: country_code',
          'country: country_kode',
        ),
      });
      const plan = await checkout.run(['check', ...PLAN]);
      expect(plan.code).toBe(2);
      expect(plan.output).toMatch(
        /^plans\/events\.yaml:20:16: error: .*country_kode.* \[FIELD_UNKNOWN\]$/m,
      );
      checkout.write({
        ...EXAMPLE_PLAN,
        'contracts/events-v2.yaml': 'kind: [\n',
      });
      const contract = await checkout.run(['check', ...PLAN]);
      expect(contract.code).toBe(2);
      expect(contract.output).toMatch(
        /^contracts\/events-v2\.yaml:\d+:\d+: error: .* \[YAML_INVALID\]$/m,
      );
    });

    it('binds the expressions against the new contract', async () => {
      checkout.write({
        'plans/events.yaml': EXAMPLE_PLAN['plans/events.yaml'].replace(
          'TIMESTAMP_MILLIS(seen_ms)',
          'UPPER(country_code)',
        ),
      });
      const { code, document } = await checkout.json(['check', ...PLAN]);
      expect(code).toBe(2);
      expect(document.outcome).toBe('bad-input');
      expect(document.problems).toEqual([
        expect.objectContaining({
          file: 'plans/events.yaml',
          severity: 'error',
          line: 21,
          column: 7,
          path: 'spec.mapping.fields.seen_at',
        }),
      ]);
    });

    it('refuses contracts that are not files', async () => {
      checkout.write({
        'plans/events.yaml': EXAMPLE_PLAN['plans/events.yaml'].replace(
          '../contracts/events-v2.yaml',
          'https://example.com/events-v2.yaml',
        ),
      });
      const { code, document } = await checkout.json(['check', ...PLAN]);
      expect([code, document.problems.map(each => each.code)]).toEqual([
        2,
        ['CONTRACT_NOT_READABLE'],
      ]);
      expect(document.problems[0]).toMatchObject({ line: 13, column: 15 });
    });
  });

  describe('usage', () => {
    it('lists uses by field with their routes', async () => {
      checkout.write({ 'repo/sql/score.sql': SCORE });
      const { code, output } = await checkout.run(['usage', ...ON_REPO]);
      expect(code).toBe(1);
      expect(output).toContain('country  becomes country_code  (1 codemod)');
      expect(output).toMatch(
        /^ {2}sql\/report\.sql:1:8 +projection +codemod +country {2}→ country$/m,
      );
      expect(output).toContain(
        'score  is asked: Which score does this consumer need?  (1 question)',
      );
      expect(output).toContain('not read by name: seen_at, legacy_id');
      expect(output).toMatch(
        /^sql\/score\.sql:1:17: question: .* \[FIELD_NEEDS_JUDGEMENT\]$/m,
      );
    });

    it('reads only the files that are asked for', async () => {
      checkout.write({ 'repo/other/score.sql': SCORE });
      const { code, document } = await checkout.json([
        'usage',
        ...ON_REPO,
        '--paths',
        'sql/**',
      ]);
      expect(code).toBe(0);
      expect(document.totals).toMatchObject({
        filesRead: 1,
        filesAffected: 1,
        uses: 2,
        useRoutes: { codemod: 2, question: 0, agent: 0, person: 0 },
      });
      expect(document.files[0].edits).not.toEqual([]);
      expect(document.evidence).toEqual([]);
    });
  });

  describe('rewrite', () => {
    it('prints a patch that git applies, and nothing else', async () => {
      const { code, output, errors } = await checkout.run([
        'rewrite',
        ...ON_REPO,
      ]);
      expect(code).toBe(0);
      expect(errors).toContain('sql/report.sql: would change, codemod');
      expect(checkout.read('repo/sql/report.sql')).toBe(REPORT);
      execFileSync('git', ['apply', '-'], {
        cwd: checkout.path('repo'),
        input: output,
      });
      expect(checkout.read('repo/sql/report.sql')).toBe(
        'SELECT country_code AS country, COUNT(*) AS n\nFROM lake.events_v2\nWHERE NOT is_deleted\nGROUP BY country\n',
      );
    });

    it('writes files once, with their permissions, and leaves the rest alone', async () => {
      checkout.write({ 'repo/sql/run.sql': REPORT }, 0o755);
      checkout.write({ 'outside.sql': REPORT });
      symlinkSync('../../outside.sql', checkout.path('repo/sql/link.sql'));
      symlinkSync('..', checkout.path('repo/up'));
      const first = await checkout.run(['rewrite', ...ON_REPO, '--write']);
      expect(first.code).toBe(0);
      expect(first.output).toContain('sql/report.sql: changed, codemod');
      expect(checkout.read('repo/sql/run.sql')).toContain('lake.events_v2');
      expect(statSync(checkout.path('repo/sql/run.sql')).mode % 0o1000).toBe(
        0o755,
      );
      expect(checkout.read('outside.sql')).toBe(REPORT);
      const second = await checkout.json(['rewrite', ...ON_REPO, '--write']);
      expect(second.code).toBe(0);
      expect(second.document).toMatchObject({ files: [], patch: '' });
    });

    it('applies answers, per file where they say so', async () => {
      checkout.write({
        'repo/sql/a.sql': SCORE,
        'repo/sql/b.sql': SCORE,
        'answers.yaml':
          '- { field: score, path: sql/a.sql, answer: { is: quality } }\n',
      });
      const args = ['rewrite', ...ON_REPO, '--answers', 'answers.yaml'];
      const { code, document } = await checkout.json(args);
      expect(code).toBe(1);
      expect(document.files.map(file => [file.path, file.route])).toEqual([
        ['sql/a.sql', 'codemod'],
        ['sql/b.sql', 'question'],
        ['sql/report.sql', 'codemod'],
      ]);
      checkout.write({ 'answers.yaml': 'score: { is: quality }\n' });
      expect((await checkout.json(args)).code).toBe(0);
      checkout.write({ 'answers.yaml': 'legacy_id: drop\ncountry: drop\n' });
      const refused = await checkout.run(args);
      expect(refused.code).toBe(2);
      expect(refused.errors).toBe(
        'dataset-migration: answers.yaml:2:1: The plan asks nothing about country; it asks about score, legacy_id.\n',
      );
    });
  });

  describe('verify', () => {
    it('proves the change and reports it as one document', async () => {
      const { code, document } = await checkout.json([
        'verify',
        ...ON_REPO,
        '--seed',
        '7',
      ]);
      expect(code).toBe(0);
      expect(document).toMatchObject({
        command: 'verify',
        outcome: 'done',
        plan: {
          name: 'events-v2',
          version: 1,
          from: 'resource:default/events-v1',
          to: 'resource:default/events-v2',
        },
        problems: [],
        totals: { filesRead: 2, filesChanged: 1, filesProved: 1, uses: 2 },
      });
      const [file] = document.files;
      expect(file).toMatchObject({
        path: 'sql/report.sql',
        route: 'codemod',
        changed: true,
        edits: [
          {
            start: { line: 1, column: 8 },
            end: { line: 1, column: 8 },
            text: 'country_code AS ',
          },
          { text: 'events_v2\nWHERE NOT is_deleted' },
        ],
      });
      expect(
        file.evidence.map(each => [each.rung, each.verdict, each.reason]),
      ).toEqual([
        ['parses', 'passed', undefined],
        ['resolves', 'passed', undefined],
        ['equivalent', 'passed', undefined],
      ]);
      expect(document.evidence.map(each => each.verifier)).toEqual([
        'scope',
        'parses',
        'resolves',
        'compiles',
        'equivalence',
        'equivalent-on-sample',
        'tests',
      ]);
      expect(document.evidence[4].proof).toMatchObject({ seed: 7 });
      const again = await checkout.json(['verify', ...ON_REPO, '--seed', '7']);
      expect(again.document).toEqual(document);
    });

    it('exits 1 where a query is not proved', async () => {
      checkout.write({
        'repo/sql/report.sql':
          'SELECT country FROM lake.events_v1 WHERE 1 = 0\n',
      });
      const { code, output } = await checkout.run(['verify', ...ON_REPO]);
      expect(code).toBe(1);
      expect(output).toContain('equivalence  inconclusive [EMPTY_RESULT]');
      expect(output).toContain(
        '0 of 1 changed file with queries proved equivalent',
      );
    });
  });

  describe('with a sample of real data', () => {
    const NEW = `user_id,country_code,seen_ms,quality,is_deleted
1,DE,1700000000000,0.5,false
2,SE,1700000000000,0.5,true
`;
    const SAMPLE = ['--connection', 'data'];

    it('checks contracts, mapping and queries', async () => {
      checkout.write({
        'data/events_v2.csv': NEW,
        'data/events_v1.csv':
          'user_id,country,seen_at,score,legacy_id\n1,DE,2023-11-14 22:13:20,1,x\n',
      });
      const { code, document } = await checkout.json([
        'verify',
        ...ON_REPO,
        ...SAMPLE,
      ]);
      expect(code).toBe(0);
      expect(document.sample).toMatchObject({
        drift: [],
        mapping: { verdict: 'passed' },
      });
      expect(
        document.files[0].evidence.find(
          ({ rung }) => rung === 'equivalent-on-sample',
        ),
      ).toMatchObject({ verdict: 'passed', cases: [{ outputRows: 1 }] });
    });

    it('names drift, and needs a person for it', async () => {
      checkout.write({ 'data/events_v2.csv': NEW.replace('1,DE', ',DE') });
      const { code, output } = await checkout.run([
        'check',
        ...PLAN,
        ...SAMPLE,
      ]);
      expect(code).toBe(1);
      expect(output).toContain(
        'new contract: error: user_id is required, and NULL in 1 of 2 rows [DRIFT_NULL]',
      );
      expect(output).toContain(
        'mapping not checked on real data: The sample has no table events_v1 [SAMPLE_INCOMPLETE]',
      );
      const none = await checkout.run([
        'check',
        ...PLAN,
        '--connection',
        'duckdb:none.db',
      ]);
      expect(none.code).toBe(2);
      expect(none.errors).toContain('names no DuckDB file');
    });
  });

  describe('hostile and odd directories', () => {
    it('reports what it cannot look at, and runs nothing of git', async () => {
      execFileSync('git', ['init', '--quiet', 'repo'], {
        cwd: checkout.directory,
      });
      const trap = checkout.path('trapped');
      execFileSync(
        'git',
        ['config', 'core.fsmonitor', `touch ${trap}; false`],
        { cwd: checkout.path('repo') },
      );
      checkout.write({
        'repo/.gitignore': 'target/\n',
        'repo/target/compiled.sql': REPORT,
        'repo/node_modules/x/a.sql': REPORT,
        'repo/data.sql': Buffer.from([0, 1, 2, 0]),
        'repo/sql/latin.sql': Buffer.from(
          'SELECT "\u00e9" FROM lake.events_v1',
          'latin1',
        ),
        'repo/sql/huge.sql': Buffer.alloc(2 * 1024 * 1024 + 1, 'x'),
        'repo/sql/evil\u001b[31m.sql': SCORE,
      });
      symlinkSync('/etc/passwd', checkout.path('repo/passwd.sql'));
      const { code, document } = await checkout.json(['usage', ...ON_REPO]);
      expect(code).toBe(1);
      expect(existsSync(trap)).toBe(false);
      expect(document.files.map(({ path, route }) => [path, route])).toEqual([
        ['sql/evil\u001b[31m.sql', 'question'],
        ['sql/latin.sql', 'person'],
        ['sql/report.sql', 'codemod'],
      ]);
      expect(
        document.findings.map(({ reason, place }) => [reason, place?.path]),
      ).toEqual([
        ['SYMLINK_SKIPPED', 'passwd.sql'],
        ['FILE_TOO_LARGE', 'sql/huge.sql'],
      ]);
      const { output } = await checkout.run(['usage', ...ON_REPO]);
      expect(output).not.toContain('\u001b');
    });
  });

  describe('bad input', () => {
    it('exits 2 and says what to do', async () => {
      expect(await checkout.run(['wander'])).toEqual({
        code: 2,
        output: '',
        errors: expect.stringMatching(
          /^dataset-migration: There is no command "wander"; .* Try dataset-migration --help\.\n$/,
        ),
      });
      const nothing = await checkout.run([
        'usage',
        ...ON_REPO,
        '--paths',
        'x/**',
      ]);
      expect([nothing.code, nothing.errors]).toEqual([
        2,
        'dataset-migration: No text file of repo matches x/**.\n',
      ]);
    });

    it('is a document with --json', async () => {
      const { code, document } = await checkout.json([
        'usage',
        ...PLAN,
        '--repo',
        'none',
      ]);
      expect(code).toBe(2);
      expect(document).toMatchObject({
        command: 'usage',
        outcome: 'bad-input',
        error: { name: 'InputError' },
        files: [],
      });
    });
  });

  it('helps', async () => {
    const { code, output } = await checkout.run(['--help']);
    expect([code, output]).toEqual([
      0,
      expect.stringContaining('usage: dataset-migration COMMAND'),
    ]);
  });

  it.each([
    ['payments-country-revenue', 0, 'codemod'],
    ['ads-score-bidding', 1, 'question'],
    ['payments-dbt-revenue', 0, 'codemod'],
  ])('verifies %s of the demo fleet', async (name, exit, route) => {
    const { code, document } = await checkout.json([
      'verify',
      '--plan',
      join(FLEET, 'analytics-datasets/migrations/user-activity-v2.yaml'),
      '--repo',
      join(FLEET, name),
    ]);
    expect(document.files.map(file => file.route)).toEqual(
      document.files.map(() => route),
    );
    expect([code, document.totals.filesProved]).toEqual([exit, exit ? 0 : 1]);
  });
});
