import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { exampleJob } from './testing/exampleJob';
import { RunnerBench } from './testing/RunnerBench';
import { TestFile } from './testing/TestRepository';

jest.setTimeout(90_000);

const QUERY =
  'SELECT country, COUNT(*) AS n\nFROM analytics.user_activity_v1\nGROUP BY country\n';

describe('dataset-migration-runner', () => {
  let bench: RunnerBench;

  beforeEach(async () => {
    bench = await RunnerBench.start();
  });
  afterEach(() => bench.stop());

  describe('verify', () => {
    const EDITED =
      'SELECT country_code AS country, COUNT(*) AS n\nFROM analytics.user_activity_v2\nWHERE NOT is_deleted\nGROUP BY country\n';

    async function verify(
      before: TestFile[],
      after: TestFile[],
      change: Parameters<typeof exampleJob>[1] = {},
    ): Promise<RunResult> {
      const next = bench.repository.commit(after).commit;
      const base = bench.repository.commit(before).commit;
      const patch = bench.repository.git([
        'diff-tree',
        '-p',
        '-r',
        '--binary',
        '--full-index',
        base,
        next,
      ]);
      return bench.run(
        before,
        exampleJob(bench.url, {
          ...change,
          run: { kind: 'verify' },
          patch: Buffer.from(patch).toString('base64'),
        }),
      );
    }
    const verdicts = ({ evidence }: RunResult) =>
      Object.fromEntries(
        evidence.map(({ verifier, verdict, reason }) => [
          verifier,
          reason ? `${verdict} ${reason}` : verdict,
        ]),
      );

    it('proves an edited patch', async () => {
      const result = await verify(
        [{ path: 'a.sql', content: QUERY }],
        [{ path: 'a.sql', content: EDITED }],
      );
      expect(verdicts(result)).toMatchObject({
        scope: 'passed',
        parses: 'passed',
        resolves: 'passed',
        equivalence: 'passed',
      });
      expect(result.rung).toBe('equivalent');
    });

    it("proves the codemod's own patch of a template as simulate does", async () => {
      const TEMPLATE =
        "SELECT country, COUNT(*) AS n\nFROM analytics.user_activity_v1\n{% if var('one_day') %}\nWHERE country = 'DE'\n{% endif %}\nGROUP BY country\n";
      const before = [
        { path: 'a.sql', content: TEMPLATE },
        { path: 'z.sql', content: QUERY },
      ];
      const simulated = await bench.run(before, exampleJob(bench.url, {}));
      expect(simulated.outcome).toBe('changed');
      expect(verdicts(simulated).equivalence).toBe('passed');
      // The base moved, away from the files of the change.
      const verified = await bench.run(
        [...before, { path: 'README.md', content: 'Later\n' }],
        exampleJob(bench.url, {
          run: { kind: 'verify' },
          patch: simulated.change?.patch,
        }),
      );
      expect(verified.baseCommit).not.toBe(simulated.baseCommit);
      expect(verified.change).toEqual(simulated.change);
      expect(verified.evidence).toEqual(simulated.evidence);
      expect(verified.rung).toBe('equivalent');
    });

    it('says of an edited template that its queries are not known', async () => {
      const result = await verify(
        [{ path: 'a.sql', content: `${QUERY}{# old #}\n` }],
        [{ path: 'a.sql', content: `${EDITED}{# new #}\n` }],
      );
      expect(verdicts(result).equivalence).toBe('not-run EDITED_TEMPLATE');
    });

    it('does not prove a query that a person added', async () => {
      const result = await verify(
        [{ path: 'a.sql', content: QUERY }],
        [
          { path: 'a.sql', content: EDITED },
          { path: 'b.sql', content: 'SELECT 1\n' },
        ],
      );
      expect(verdicts(result)).toMatchObject({
        parses: 'not-run FILE_ADDED_OR_DELETED',
        equivalence: 'not-run FILE_ADDED_OR_DELETED',
      });
    });

    it('fails an edited patch that gives other rows', async () => {
      const result = await verify(
        [{ path: 'a.sql', content: QUERY }],
        [
          {
            path: 'a.sql',
            content: EDITED.replace('WHERE NOT is_deleted\n', ''),
          },
        ],
      );
      expect(verdicts(result).equivalence).toMatch(/^failed /);
      expect(result.outcome).toBe('changed');
      expect(result.rung).toBe('compiles');
    });

    it.each([
      [
        { path: '.github/workflows/x.yml', content: 'on: push' },
        'SCOPE_PROTECTED_FILE',
      ],
      [{ path: 'b/x.sql', content: 'SELECT 1' }, 'SCOPE_OTHER_TARGET'],
      [
        { path: 'x.sql', content: '/etc/passwd', mode: '120000' },
        'SCOPE_NOT_A_PLAIN_FILE',
      ],
    ])('refuses %j', async (file, reason) => {
      const before = [{ path: 'a.sql', content: QUERY }];
      const result = await verify(before, [...before, file], {
        target: { excludedPaths: ['b'] },
      });
      expect(verdicts(result).scope).toBe(`failed ${reason}`);
      expect(result.rung).toBeUndefined();
    });

    it('fails on a patch that does not apply', async () => {
      const result = await bench.run(
        [{ path: 'a.sql', content: 'SELECT 1\n' }],
        exampleJob(bench.url, {
          run: { kind: 'verify' },
          patch: Buffer.from(
            'diff --git a/../x b/../x\n--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n',
          ).toString('base64'),
        }),
      );
      expect(result.failure?.signature).toBe('PATCH_DOES_NOT_APPLY');
    });
  });
});
