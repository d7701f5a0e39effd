import { mockServices } from '@backstage/backend-test-utils';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'fs';
import { readdir } from 'fs/promises';
import { tmpdir } from 'os';
import { join } from 'path';
import { aJob } from '../testing/aJob';
import { LocalFleet } from './LocalFleet';

describe('LocalFleet', () => {
  let directory = '';
  let fleet: LocalFleet | undefined;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'dataset-migration-fleet-'));
  });
  afterEach(async () => {
    await fleet?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A runner that is a script of its own, started for real. */
  function fleetOf(script: string, concurrency = 2): LocalFleet {
    const runner = join(directory, 'runner.js');
    writeFileSync(runner, script);
    fleet = new LocalFleet({
      runner,
      concurrency,
      directory,
      logger: mockServices.logger.mock(),
    });
    return fleet;
  }

  async function until(check: () => Promise<boolean> | boolean) {
    const end = Date.now() + 10_000;
    while (!(await check())) {
      if (Date.now() > end) throw new Error('It did not happen in time.');
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  const hasEnded = (ref: string) => async () =>
    (await fleet?.observe(ref))?.state === 'ended';

  it('gives the runner its job, its directory and nothing of our environment', async () => {
    process.env.SOME_SECRET_OF_THE_BACKEND = 'secret';
    const out = join(directory, 'out.json');
    fleetOf(`
      const fs = require('fs');
      const [, , , job, , result] = process.argv;
      fs.writeFileSync(${JSON.stringify(out)}, JSON.stringify({
        job: JSON.parse(fs.readFileSync(job, 'utf8')),
        result, env: process.env, cwd: process.cwd(), node: process.execArgv,
      }));
    `);
    const { ref } = await fleet!.submit(aJob(), {
      credential: 'credential-1',
      connection: '{"kind":"duckdb","file":"/data/sample"}',
    });
    await until(hasEnded(ref));
    delete process.env.SOME_SECRET_OF_THE_BACKEND;
    const seen = JSON.parse(readFileSync(out, 'utf8'));
    expect(await fleet!.observe(ref)).toEqual({ state: 'ended', exitCode: 0 });
    expect(seen.job).toEqual(aJob());
    expect(seen.node).toEqual(['--max-old-space-size=128']);
    expect(seen.env.DATASET_MIGRATION_RUN_CREDENTIAL).toBe('credential-1');
    expect(seen.env.DATASET_MIGRATION_CONNECTION).toBe(
      '{"kind":"duckdb","file":"/data/sample"}',
    );
    expect(JSON.stringify(seen.job)).not.toContain('/data/sample');
    expect(seen.env.SOME_SECRET_OF_THE_BACKEND).toBeUndefined();
    expect(seen.env.HOME).toBe(seen.cwd);
    expect(existsSync(seen.cwd)).toBe(false);
  });

  it('tells how a runner died, without its credential', async () => {
    fleetOf(`
      process.stderr.write('no luck with ' + process.env.DATASET_MIGRATION_RUN_CREDENTIAL + '\\n');
      process.exitCode = 3;
    `);
    const { ref } = await fleet!.submit(aJob(), { credential: 'credential-1' });
    await until(hasEnded(ref));
    expect(await fleet!.observe(ref)).toEqual({
      state: 'ended',
      exitCode: 3,
      message: 'no luck with ***',
    });
  });

  it('starts an attempt once', async () => {
    fleetOf(`setTimeout(() => {}, 60000);`);
    const first = await fleet!.submit(aJob(), { credential: 'x' });
    const second = await fleet!.submit(aJob(), { credential: 'x' });
    expect(second).toEqual(first);
    expect(await fleet!.list()).toEqual([first.ref]);
    expect(await fleet!.observe('local:other:run-1:1:1')).toEqual({
      state: 'unknown',
    });
  });

  it('cancels the runner and what it started, and removes its directory', async () => {
    const pids = join(directory, 'pids');
    fleetOf(`
      const { spawn } = require('child_process');
      process.on('SIGTERM', () => {});
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('fs').writeFileSync(${JSON.stringify(
        pids,
      )}, process.pid + ' ' + child.pid);
      setInterval(() => {}, 1000);
    `);
    const { ref } = await fleet!.submit(aJob(), { credential: 'x' });
    await until(
      () => existsSync(pids) && readFileSync(pids, 'utf8').includes(' '),
    );
    await fleet!.cancel(ref);
    for (const pid of readFileSync(pids, 'utf8').split(' ').map(Number)) {
      await until(() => !isAlive(pid));
    }
    expect((await fleet!.observe(ref)).state).toBe('ended');
    const left = await readdir(directory);
    expect(
      left.filter(name => name.startsWith('dataset-migration-run-')),
    ).toEqual([]);
  });

  it('ends a runner that takes too long', async () => {
    fleetOf(`setInterval(() => {}, 1000);`);
    const { ref } = await fleet!.submit(aJob({}, { timeoutMs: 300 }), {
      credential: 'x',
    });
    await until(hasEnded(ref));
    expect(await fleet!.observe(ref)).toMatchObject({
      message: 'It took longer than 0.3 seconds.',
    });
  });

  it('starts no more than its limit at once, and stops all of them', async () => {
    fleetOf(`setInterval(() => {}, 1000);`, 1);
    const first = await fleet!.submit(aJob(), { credential: 'x' });
    const second = await fleet!.submit(aJob({ id: 'run-2' }), {
      credential: 'x',
    });
    await until(
      async () => (await fleet!.observe(first.ref)).state === 'running',
    );
    expect(await fleet!.observe(second.ref)).toEqual({ state: 'waiting' });
    await fleet!.stop();
    expect(await fleet!.list()).toEqual([]);
    await expect(
      fleet!.submit(aJob({ id: 'run-3' }), { credential: 'x' }),
    ).rejects.toThrow('stopping');
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that waits for its parent is dead to us.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
