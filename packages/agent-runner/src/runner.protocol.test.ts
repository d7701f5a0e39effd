import { readdirSync, readFileSync } from 'fs';
import { exampleJob } from './testing/exampleJob';
import { RunnerBench } from './testing/RunnerBench';

jest.setTimeout(90_000);

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
  let bench: RunnerBench;

  beforeEach(async () => {
    bench = await RunnerBench.start();
  });
  afterEach(() => bench.stop());

  it('fails for good on more files than the job allows', async () => {
    const files = Array.from({ length: 5 }, (_, index) => ({
      path: `${index}.sql`,
      content: QUERY,
    }));
    const result = await bench.run(
      files,
      exampleJob(bench.url, { limits: { maxFiles: 4 } }),
    );
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'TOO_MANY_FILES', retryable: false },
    });
  });

  it('fails, to be tried again, on a broken pack', async () => {
    bench.backend.source = bench.repository.commit([
      { path: 'a.sql', content: QUERY },
    ]);
    bench.backend.source.pack = bench.backend.source.pack.subarray(0, -30);
    const { result } = await bench.start(exampleJob(bench.url)).ended;
    expect(result).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'SOURCE_INVALID', retryable: true },
    });
  });

  it('stops without a result when its token is stale', async () => {
    bench.backend.token = 8;
    bench.backend.source = bench.repository.commit([
      { path: 'a.sql', content: QUERY },
    ]);
    const ended = await bench.start(exampleJob(bench.url)).ended;
    expect(ended).toEqual({ code: 3, output: '' });
    expect(bench.backend.reports).toEqual([]);
  });

  it('ends soon after SIGTERM, and leaves nothing behind', async () => {
    let release: () => void = () => undefined;
    bench.backend.hold = new Promise<void>(resolve => {
      release = resolve;
    });
    bench.backend.source = bench.repository.commit([
      { path: 'a.sql', content: QUERY },
    ]);
    const { child, ended } = bench.start(exampleJob(bench.url));
    while (!bench.backend.log.includes('Fetching')) {
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
    bench.backend.source = bench.repository.commit(
      Array.from({ length: 80 }, (_, index) => ({
        path: `a${index}.sql`,
        content: QUERY,
      })),
    );
    const { child, ended } = bench.start(exampleJob(bench.url));
    const children = () =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8')
        .split(' ')
        .filter(Boolean);
    const isProver = (pid: string) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('prover');
      } catch {
        // Others end all the time.
        return false;
      }
    };
    let started = children();
    while (!started.some(isProver)) {
      await new Promise(resolve => setTimeout(resolve, 10));
      started = children();
    }
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(started.filter(isAlive)).toEqual([]);
    expect(
      readdirSync(bench.directory).filter(name => name.startsWith('dataset-')),
    ).toEqual([]);
  });

  it('reports a timeout', async () => {
    bench.backend.hold = new Promise(resolve => {
      setTimeout(resolve, 4000);
    });
    const { code, result } = await bench.start(
      exampleJob(bench.url, { limits: { timeoutMs: 500 } }),
    ).ended;
    expect(code).toBe(0);
    expect(result?.failure?.signature).toBe('RUN_TIMEOUT');
  });

  it('reports a failure when the backend refuses the result', async () => {
    bench.backend.maxPatchBytes = 10;
    bench.backend.source = bench.repository.commit([
      { path: 'a.sql', content: QUERY },
    ]);
    const { code } = await bench.start(exampleJob(bench.url)).ended;
    expect(code).toBe(0);
    expect(
      bench.backend.reports[bench.backend.reports.length - 1].result,
    ).toMatchObject({
      outcome: 'failed',
      failure: { signature: 'REPORT_REFUSED' },
    });
  });

  it('refuses a job file that is wrong, and names the place', async () => {
    const job = exampleJob(bench.url);
    const { code, output } = await bench.start({ ...job, agent: 3 }).ended;
    expect(code).toBe(2);
    expect(output).toMatch(/job\.agent must be/);
  });
});
