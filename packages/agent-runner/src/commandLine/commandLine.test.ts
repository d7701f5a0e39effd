import { join } from 'path';
import { EXAMPLE_PLAN, TestCheckout } from '../testing/TestCheckout';

jest.setTimeout(120_000);

const REPORT =
  'SELECT country, COUNT(*) AS n\nFROM lake.events_v1\nGROUP BY country\n';
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
