import { ChildProcess, spawn } from 'child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  parseRunResult,
  RUN_CREDENTIAL_VARIABLE,
  RunJob,
  RunResult,
} from 'backstage-plugin-dataset-migration-common';
import { exampleJob } from './testing/exampleJob';
import { TestBackend } from './testing/TestBackend';
import { TestFile, TestRepository } from './testing/TestRepository';

jest.setTimeout(90_000);

const BIN = join(__dirname, '../bin/dataset-migration-runner.js');
const QUERY =
  'SELECT country, COUNT(*) AS n\nFROM analytics.user_activity_v1\nGROUP BY country\n';

/** A process that ended and that nobody asked about yet is not alive. */
function isAlive(pid: string): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('dataset-migration-runner', () => {
  let backend: TestBackend;
  let repository: TestRepository;
  let directory: string;
  let url: string;

  beforeEach(async () => {
    backend = new TestBackend();
    url = await backend.start();
    repository = new TestRepository();
    directory = mkdtempSync(join(tmpdir(), 'runner-test-'));
  });
  afterEach(async () => {
    await backend.stop();
    repository.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  function start(
    job: unknown,
    args: string[] = [],
  ): {
    child: ChildProcess;
    ended: Promise<{ code: number | null; output: string; result?: RunResult }>;
  } {
    const jobFile = join(directory, 'job.json');
    const resultFile = join(directory, 'result.json');
    writeFileSync(jobFile, JSON.stringify(job));
    const child = spawn(
      process.execPath,
      [BIN, '--job', jobFile, '--result', resultFile, ...args],
      {
        env: {
          PATH: process.env.PATH,
          TMPDIR: directory,
          [RUN_CREDENTIAL_VARIABLE]: backend.credential,
        },
      },
    );
    const output: string[] = [];
    child.stdout.on('data', chunk => output.push(String(chunk)));
    child.stderr.on('data', chunk => output.push(String(chunk)));
    const ended = new Promise<number | null>(resolve =>
      child.on('close', resolve),
    ).then(code => ({
      code,
      output: output.join(''),
      ...(existsSync(resultFile) && {
        result: JSON.parse(readFileSync(resultFile, 'utf8')),
      }),
    }));
    return { child, ended };
  }

  async function run(files: TestFile[], job: RunJob): Promise<RunResult> {
    backend.source = repository.commit(files);
    const { code, output, result } = await start(job).ended;
    expect({ code, output }).toEqual({ code: 0, output: '' });
    expect(backend.reports[backend.reports.length - 1].result).toEqual(result);
    expect(JSON.stringify(backend.reports)).not.toContain(backend.credential);
    return parseRunResult(result);
  }

  it('simulates: a patch that git applies, with a proof', async () => {
    backend.failResults = 1;
    const result = await run(
      [
        { path: 'sql/report.sql', content: QUERY, mode: '100755' },
        { path: 'README.md', content: '# Reports\n' },
      ],
      exampleJob(url),
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
    const after = repository.apply(
      backend.source!.commit,
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
      'compiles not-run NOT_APPLICABLE',
      'equivalence passed',
      'equivalent-on-sample not-run NO_CONNECTION',
      'tests not-run NO_SANDBOX',
    ]);
    expect(result.evidence[4].proof?.cases.length).toBeGreaterThan(0);
    expect(result.rung).toBe('equivalent');
    expect(new Set(backend.reports.map(({ kind }) => kind))).toEqual(
      new Set(['heartbeat', 'progress', 'log', 'result']),
    );
    expect(backend.log).toMatch(/equivalence: passed/);
  });

  it('reads nothing that belongs to another target', async () => {
    const result = await run(
      [
        { path: 'a/report.sql', content: QUERY },
        { path: 'b/report.sql', content: QUERY },
      ],
      exampleJob(url, {
        target: { paths: ['b/**', 'a'], excludedPaths: ['a'] },
      }),
    );
    expect(result.change?.files.map(({ path }) => path)).toEqual([
      'b/report.sql',
    ]);
  });

  it('takes an empty repository for not affected', async () => {
    const { code, result } = await start(exampleJob(url)).ended;
    expect(code).toBe(0);
    expect(result).toMatchObject({
      outcome: 'not-affected',
      findings: [{ reason: 'REPOSITORY_EMPTY' }],
    });
  });

  it('skips what a hostile repository holds, and says so', async () => {
    const result = await run(
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
      exampleJob(url),
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

  it('fails for good on more files than the job allows', async () => {
    const files = Array.from({ length: 5 }, (_, index) => ({
      path: `${index}.sql`,
      content: QUERY,
    }));
    const result = await run(
      files,
      exampleJob(url, { limits: { maxFiles: 4 } }),
    );
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'TOO_MANY_FILES', retryable: false },
    });
  });

  it('fails, to be tried again, on a broken pack', async () => {
    backend.source = repository.commit([{ path: 'a.sql', content: QUERY }]);
    backend.source.pack = backend.source.pack.subarray(0, -30);
    const { result } = await start(exampleJob(url)).ended;
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'SOURCE_INVALID', retryable: true },
    });
  });

  it('stops without a result when its token is stale', async () => {
    backend.token = 8;
    backend.source = repository.commit([{ path: 'a.sql', content: QUERY }]);
    const ended = await start(exampleJob(url)).ended;
    expect(ended).toEqual({ code: 3, output: '' });
    expect(backend.reports).toEqual([]);
  });

  it('ends soon after SIGTERM, and leaves nothing behind', async () => {
    let release: () => void = () => undefined;
    backend.hold = new Promise<void>(resolve => {
      release = resolve;
    });
    backend.source = repository.commit([{ path: 'a.sql', content: QUERY }]);
    const { child, ended } = start(exampleJob(url));
    while (!backend.log.includes('Fetching')) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    const asked = Date.now();
    child.kill('SIGTERM');
    const { code, result } = await ended;
    expect(Date.now() - asked).toBeLessThan(2000);
    expect(code).toBe(143);
    expect(result).toBeUndefined();
    release();
  });

  it('takes its provers along when it is ended', async () => {
    // Enough to prove that the prover is still at it when the end comes.
    backend.source = repository.commit(
      Array.from({ length: 80 }, (_, index) => ({
        path: `a${index}.sql`,
        content: QUERY,
      })),
    );
    const { child, ended } = start(exampleJob(url));
    const children = () =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
        .split(' ')
        .filter(Boolean);
    // The line comes just before the prover is started.
    while (!backend.log.includes('compiles: not-run')) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    let started = children();
    for (let tries = 0; started.length === 0 && tries < 500; tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 10));
      started = children();
    }
    expect(started.length).toBeGreaterThan(0);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(started.filter(isAlive)).toEqual([]);
    expect(
      readdirSync(directory).filter(name => name.startsWith('dataset-')),
    ).toEqual([]);
  });

  it('reports a timeout', async () => {
    backend.hold = new Promise(resolve => {
      setTimeout(resolve, 4000);
    });
    const { code, result } = await start(
      exampleJob(url, { limits: { timeoutMs: 500 } }),
    ).ended;
    expect(code).toBe(0);
    expect(result?.failure?.signature).toBe('RUN_TIMEOUT');
  });

  it('reports a failure when the backend refuses the result', async () => {
    backend.maxPatchBytes = 10;
    backend.source = repository.commit([{ path: 'a.sql', content: QUERY }]);
    const { code } = await start(exampleJob(url)).ended;
    expect(code).toBe(0);
    expect(backend.reports[backend.reports.length - 1].result).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'REPORT_REFUSED' },
    });
  });

  it('refuses a job file that is wrong, and names the place', async () => {
    const job = exampleJob(url);
    const { code, output } = await start({ ...job, agent: 3 }).ended;
    expect(code).toBe(2);
    expect(output).toMatch(/job\.agent must be/);
  });

  it('finds the reads that are left', async () => {
    const left = await run(
      [{ path: 'a.sql', content: QUERY }],
      exampleJob(url, { run: { kind: 'rescan' } }),
    );
    expect(left.uses.map(({ place }) => place.path)).toContain('a.sql');
    const clean = await run(
      [{ path: 'a.sql', content: QUERY.replace('_v1', '_v2') }],
      exampleJob(url, { run: { kind: 'rescan' } }),
    );
    expect(clean).toMatchObject({ outcome: 'not-affected', uses: [] });
  });

  describe('verify', () => {
    const EDITED =
      'SELECT country_code AS country, COUNT(*) AS n\nFROM analytics.user_activity_v2\nWHERE NOT is_deleted\nGROUP BY country\n';

    async function verify(
      before: TestFile[],
      after: TestFile[],
      change: Parameters<typeof exampleJob>[1] = {},
    ): Promise<RunResult> {
      const next = repository.commit(after).commit;
      const base = repository.commit(before).commit;
      const patch = repository.git([
        'diff-tree',
        '-p',
        '-r',
        '--binary',
        '--full-index',
        base,
        next,
      ]);
      return run(
        before,
        exampleJob(url, {
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
      const simulated = await run(before, exampleJob(url, {}));
      expect(simulated.outcome).toBe('changed');
      expect(verdicts(simulated).equivalence).toBe('passed');
      // The base moved, away from the files of the change.
      const verified = await run(
        [...before, { path: 'README.md', content: 'Later\n' }],
        exampleJob(url, {
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
      expect(result.rung).toBe('resolves');
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
      const result = await run(
        [{ path: 'a.sql', content: 'SELECT 1\n' }],
        exampleJob(url, {
          run: { kind: 'verify' },
          patch: Buffer.from(
            'diff --git a/../x b/../x\n--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n',
          ).toString('base64'),
        }),
      );
      expect(result.failure?.signature).toBe('PATCH_DOES_NOT_APPLY');
    });
  });

  it('checks the mapping of a plan', async () => {
    const { mapping } = exampleJob(url);
    const good = await start({ mapping }, ['--check-plan']).ended;
    expect(good.result).toEqual({ problems: [] });
    mapping.fields[1] = {
      kind: 'expression',
      name: 'country',
      is: 'nothing + 1',
    };
    const bad = await start({ mapping }, ['--check-plan']).ended;
    expect(bad.result).toMatchObject({
      problems: [{ place: 'fields.country', severity: 'error' }],
    });
  });
});
