import { EXAMPLE_PLAN, TestCheckout } from '../testing/TestCheckout';

jest.setTimeout(120_000);

const REPORT =
  'SELECT country, COUNT(*) AS n\nFROM lake.events_v1\nGROUP BY country\n';
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
        ['compiles', 'passed', undefined],
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
});
