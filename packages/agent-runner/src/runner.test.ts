import { exampleJob } from './testing/exampleJob';
import { RunnerBench } from './testing/RunnerBench';

jest.setTimeout(90_000);

const QUERY =
  'SELECT country, COUNT(*) AS n\nFROM analytics.user_activity_v1\nGROUP BY country\n';

describe('dataset-migration-runner', () => {
  let bench: RunnerBench;

  beforeEach(async () => {
    bench = await RunnerBench.start();
  });
  afterEach(() => bench.stop());

  it('simulates: a patch that git applies, with a proof', async () => {
    bench.backend.failResults = 1;
    const result = await bench.run(
      [
        { path: 'sql/report.sql', content: QUERY, mode: '100755' },
        { path: 'README.md', content: '# Reports\n' },
      ],
      exampleJob(bench.url),
    );
    expect(result.outcome).toBe('changed');
    expect(result.change?.files).toEqual([
      {
        path: 'sql/report.sql',
        baseBlob: expect.stringMatching(/^[0-9a-f]{40}$/),
        added: expect.any(Number),
        removed: expect.any(Number),
      },
    ]);
    const { patch } = result.change!;
    const after = bench.repository.apply(
      bench.backend.source!.commit,
      patch,
      'sql/report.sql',
    );
    expect(after).toContain('analytics.user_activity_v2');
    expect(after).toContain('NOT is_deleted');
    expect(Buffer.from(patch, 'base64').toString()).toMatch(
      /^index [0-9a-f]{40}\.\.[0-9a-f]{40} 100755$/m,
    );
    expect(
      result.evidence.map(({ verifier, verdict, reason }) =>
        [verifier, verdict, reason].filter(Boolean).join(' '),
      ),
    ).toEqual([
      'scope passed',
      'parses passed',
      'resolves passed',
      'compiles passed',
      'equivalence passed',
      'equivalent-on-sample not-run NO_CONNECTION',
      'tests not-run NO_SANDBOX',
    ]);
    expect(result.evidence[4].proof?.cases.length).toBeGreaterThan(0);
    expect(result.rung).toBe('equivalent');
    expect(new Set(bench.backend.reports.map(({ kind }) => kind))).toEqual(
      new Set(['heartbeat', 'progress', 'log', 'result']),
    );
    expect(bench.backend.log).toMatch(/equivalence: passed/);
  });

  it('reads nothing that belongs to another target', async () => {
    const result = await bench.run(
      [
        { path: 'a/report.sql', content: QUERY },
        { path: 'b/report.sql', content: QUERY },
      ],
      exampleJob(bench.url, {
        target: { paths: ['b/**', 'a'], excludedPaths: ['a'] },
      }),
    );
    expect(result.change?.files.map(({ path }) => path)).toEqual([
      'b/report.sql',
    ]);
  });

  it('takes an empty repository for not affected', async () => {
    const { code, result } = await bench.start(exampleJob(bench.url)).ended;
    expect(code).toBe(0);
    expect(result).toMatchObject({
      outcome: 'not-affected',
      findings: [{ reason: 'REPOSITORY_EMPTY' }],
    });
  });

  it('skips what a hostile repository holds, and says so', async () => {
    const result = await bench.run(
      [
        { path: 'link.sql', content: '/etc/passwd', mode: '120000' },
        { path: '../outside.sql', content: QUERY },
        {
          path: '.git/hooks/pre-commit',
          content: 'touch /tmp/owned',
          mode: '100755',
        },
        { path: '.gitattributes', content: '*.sql filter=evil diff=evil\n' },
        { path: 'module', content: 'a'.repeat(40), mode: '160000' },
        {
          path: 'lfs.sql',
          content:
            'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
        },
        { path: 'huge.sql', content: Buffer.alloc(3_000_000, 'x') },
        { path: 'binary.sql', content: Buffer.from(`\0${QUERY}`) },
        { path: 'good.sql', content: QUERY },
      ],
      exampleJob(bench.url),
    );
    expect(
      result.findings
        .filter(({ route }) => route === 'person')
        .map(({ reason, place }) => `${reason} ${place?.path ?? '-'}`)
        .sort(),
    ).toEqual([
      'FILE_TOO_LARGE huge.sql',
      'LFS_POINTER lfs.sql',
      'PATH_UNSAFE -',
      'PATH_UNSAFE -',
      'SUBMODULE_SKIPPED module',
      'SYMLINK_SKIPPED link.sql',
    ]);
    expect(result.change?.files.map(({ path }) => path)).toEqual(['good.sql']);
  });

  it('finds the reads that are left', async () => {
    const left = await bench.run(
      [{ path: 'a.sql', content: QUERY }],
      exampleJob(bench.url, { run: { kind: 'rescan' } }),
    );
    expect(left.uses.map(({ place }) => place.path)).toContain('a.sql');
    const clean = await bench.run(
      [{ path: 'a.sql', content: QUERY.replace('_v1', '_v2') }],
      exampleJob(bench.url, { run: { kind: 'rescan' } }),
    );
    expect(clean).toMatchObject({ outcome: 'not-affected', uses: [] });
  });

  it('checks the mapping of a plan', async () => {
    const { mapping } = exampleJob(bench.url);
    const good = await bench.start({ mapping }, ['--check-plan']).ended;
    expect(good.result).toEqual({ problems: [] });
    mapping.fields[1] = {
      kind: 'expression',
      name: 'country',
      is: 'nothing + 1',
    };
    const bad = await bench.start({ mapping }, ['--check-plan']).ended;
    expect(bad.result).toMatchObject({
      problems: [{ place: 'fields.country', severity: 'error' }],
    });
  });
});
