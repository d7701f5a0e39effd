import { execFileSync } from 'child_process';
import { existsSync, statSync, symlinkSync } from 'fs';
import { EXAMPLE_PLAN, TestCheckout } from '../testing/TestCheckout';

jest.setTimeout(120_000);

const REPORT =
  'SELECT country, COUNT(*) AS n\nFROM lake.events_v1\nGROUP BY country\n';
const SCORE = 'SELECT user_id, score\nFROM lake.events_v1\n';
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
});
