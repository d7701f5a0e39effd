import { mockServices } from '@backstage/backend-test-utils';
import { InputError } from '@backstage/errors';
import { RunResult } from 'backstage-plugin-dataset-migration-common';
import {
  Fleet,
  FleetObservation,
} from 'backstage-plugin-dataset-migration-node';
import { createStores } from '../database/createStores';
import { RunRecord } from '../database/records';
import { aJob } from '../testing/aJob';
import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { BackendStep } from './BackendStep';
import { createOrchestration } from './createOrchestration';

const notAffected: RunResult = {
  apiVersion: 'dataset-migration/v1alpha1',
  kind: 'RunResult',
  outcome: 'not-affected',
  baseCommit: 'a'.repeat(40),
  uses: [],
  findings: [],
  evidence: [],
};

class RecordingFleet implements Fleet {
  readonly id = 'recording';
  endsWithBackend = false;
  readonly submitted: Array<{ ref: string; credential: string }> = [];
  readonly cancelled: string[] = [];
  observation: FleetObservation = { state: 'running' };

  async submit(job: ReturnType<typeof aJob>, options: { credential: string }) {
    const ref = `${job.run.id}:${job.run.attempt}`;
    this.submitted.push({ ref, credential: options.credential });
    return { ref };
  }
  async observe() {
    return this.observation;
  }
  async cancel(ref: string) {
    this.cancelled.push(ref);
  }
  async list() {
    return this.submitted.map(each => each.ref);
  }
}

eachDatabase((_, database) => {
  const signal = new AbortController().signal;

  async function bench(
    changes: {
      scaffold?: () => Promise<{ taskId: string }>;
      step?: BackendStep;
      handler?: () => Promise<void>;
    } = {},
  ) {
    const clock = { now: 100_000 };
    const now = () => clock.now;
    const stores = createStores(await database.create(), now);
    await stores.migrations.create(
      aMigration({ startedBy: 'user:default/grace' }),
      aPlan(),
    );
    await stores.targets.insertDiscovered([aTarget()]);
    const fleet = new RecordingFleet();
    const tasks: object[] = [];
    const handled: Array<{ run: RunRecord; result: RunResult }> = [];
    const step: BackendStep = changes.step ?? (async () => {});
    const parts = createOrchestration({
      stores,
      scaffolder: {
        scaffold: async request => {
          const made = await changes.scaffold?.();
          tasks.push(request);
          return made ?? { taskId: `task-${tasks.length}` };
        },
      },
      auth: mockServices.auth(),
      fleet,
      buildJob: async run => aJob({ ...run, kind: 'simulate', seed: 1 }),
      steps: { publish: step, rollback: step },
      resultHandler: async (run, _target, result) => {
        await changes.handler?.();
        handled.push({ run, result });
      },
      logger: mockServices.logger.mock(),
      options: {
        concurrency: 2,
        leaseMs: 1_000,
        backoffMs: 100,
        maxBackoffMs: 1_000,
        backendStepTimeoutMs: 5_000,
      },
      now,
    });
    const enqueue = (id: string, kind: RunRecord['kind'] = 'simulate') =>
      stores.runs.enqueue({
        id,
        kind,
        targetId: 'target-1',
        migrationId: 'migration-1',
        maxAttempts: 2,
      });
    /** Leases the run, lets a task attach, and gives back what the runner would know. */
    const launch = async (attempt = 1) => {
      await parts.dispatcher.dispatchOnce(signal);
      const { run } = await parts.launcher.attachRun(
        'run-1',
        attempt,
        `task-${attempt}`,
      );
      return {
        attempt,
        token: run.token,
        credential: fleet.submitted.at(-1)?.credential ?? '',
      };
    };
    return { clock, stores, fleet, tasks, handled, enqueue, launch, ...parts };
  }

  type Bench = Awaited<ReturnType<typeof bench>>;
  type Launched = Awaited<ReturnType<Bench['launch']>>;

  function report(
    { reports }: Bench,
    { attempt, token, credential }: Launched,
    body: object,
  ) {
    return reports.accept('run-1', credential, {
      attempt,
      token,
      reportId: 'report-1',
      ...body,
    });
  }

  it('takes a run from the queue through its task and its fleet to its target', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const launched = await it.launch();
    expect(it.tasks).toEqual([
      {
        templateRef: 'template:default/dataset-migration-run',
        values: {
          runId: 'run-1',
          attempt: 1,
          kind: 'simulate',
          requestedBy: 'user:default/grace',
        },
      },
    ]);
    const running = await it.stores.runs.get('run-1');
    expect(running).toMatchObject({
      state: 'running',
      taskId: 'task-1',
      fleetRef: 'run-1:1',
    });
    expect(JSON.stringify(running)).not.toContain(launched.credential);
    expect(
      await report(it, launched, {
        kind: 'log',
        lines: ['hello'],
        reportId: 'report-0',
      }),
    ).toEqual({ accepted: true });
    const result = { kind: 'result', result: notAffected };
    expect(await report(it, launched, result)).toEqual({ accepted: true });
    expect(await report(it, launched, result)).toEqual({ accepted: false });
    expect(it.handled).toEqual([
      {
        run: expect.objectContaining({ id: 'run-1', state: 'succeeded' }),
        result: notAffected,
      },
    ]);
    expect(await it.stores.runs.readLog('run-1', 0, 10)).toHaveLength(1);
  });

  it('starts one attempt for one task, whoever else asks', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    await it.dispatcher.dispatchOnce(signal);
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(task => it.launcher.attachRun('run-1', 1, task)),
    );
    expect(answers.filter(each => each.attached)).toHaveLength(1);
    expect(it.fleet.submitted).toHaveLength(1);
    expect((await it.launcher.attachRun('run-1', 2, 'd')).attached).toBe(false);
    await expect(it.launcher.attachRun('none', 1, 'e')).rejects.toThrow(
      'no run',
    );
  });

  it('refuses credentials it does not know, and stale attempts', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const first = await it.launch();
    const heartbeat = { kind: 'heartbeat' };
    for (const credential of ['', 'wrong']) {
      await expect(
        report(it, { ...first, credential }, heartbeat),
      ).rejects.toMatchObject({ name: 'AuthenticationError' });
    }
    await expect(
      report(it, { ...first, attempt: 2 }, heartbeat),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
    await expect(
      report(it, { ...first, token: first.token + 1 }, heartbeat),
    ).rejects.toMatchObject({ name: 'ConflictError' });

    it.clock.now += 2_000;
    const second = await it.launch(2);
    expect(it.fleet.cancelled).toEqual(['run-1:1']);
    const before = await it.stores.runs.get('run-1');
    for (const kind of [heartbeat, { kind: 'result', result: notAffected }]) {
      await expect(report(it, first, kind)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    }
    expect(await it.stores.runs.get('run-1')).toEqual(before);
    expect(it.handled).toEqual([]);
    await report(it, second, { kind: 'result', result: notAffected });
    expect(it.handled).toHaveLength(1);
  });

  it('gives the source to the current attempt only, and not for ever', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const { credential, ...claimed } = await it.launch();
    expect(
      (await it.reports.authenticate('run-1', credential, claimed)).id,
    ).toBe('run-1');
    it.clock.now += 10 * 60_000;
    await expect(
      it.reports.authenticate('run-1', credential, claimed),
    ).rejects.toMatchObject({ name: 'AuthenticationError' });
  });

  it('extends the lease with every report', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const launched = await it.launch();
    for (let index = 0; index < 4; index += 1) {
      it.clock.now += 800;
      await report(it, launched, {
        kind: 'progress',
        message: `step ${index}`,
        reportId: `report-${index}`,
      });
      await it.dispatcher.dispatchOnce(signal);
    }
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'running',
      attempt: 1,
      message: 'step 3',
    });
  });

  it('tries a retryable failure again, and tells the handler of the last one', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const failed = (retryable: boolean) => ({
      kind: 'result',
      result: {
        ...notAffected,
        outcome: 'failed',
        failure: { signature: 'OOM', message: 'No memory.', retryable },
      },
    });
    await report(it, await it.launch(), failed(true));
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      attempt: 2,
      availableAt: it.clock.now + 100,
      failure: { signature: 'OOM' },
    });
    expect(it.handled).toEqual([]);
    it.clock.now += 100;
    await report(it, await it.launch(2), failed(true));
    expect(it.handled).toMatchObject([
      { result: { outcome: 'failed', failure: { signature: 'OOM' } } },
    ]);
    expect((await it.stores.runs.get('run-1')).state).toBe('failed');
  });

  it('notices a runner that ended without a word', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    await it.launch();
    it.fleet.observation = { state: 'ended', exitCode: 137, message: 'oh' };
    await it.dispatcher.dispatchOnce(signal);
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      attempt: 2,
      failure: {
        signature: 'RUNNER_LOST',
        message: 'The runner ended without a result (exit code 137). oh',
      },
    });
  });

  it('keeps a run alive that waits for a place in the fleet', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    await it.launch();
    it.fleet.observation = { state: 'waiting' };
    for (let index = 0; index < 4; index += 1) {
      it.clock.now += 800;
      await it.dispatcher.dispatchOnce(signal);
    }
    expect((await it.stores.runs.get('run-1')).attempt).toBe(1);
  });

  it('waits for a scaffolder that cannot be reached, at no attempt of the run', async () => {
    let isDown = true;
    const it = await bench({
      scaffold: async () => {
        if (isDown) throw new Error('connect ECONNREFUSED');
        return { taskId: 'task' };
      },
    });
    await it.enqueue('run-1');
    for (let index = 0; index < 5; index += 1) {
      await it.dispatcher.dispatchOnce(signal);
      it.clock.now += 2_000;
    }
    const waiting = await it.stores.runs.get('run-1');
    expect(waiting).toMatchObject({ state: 'queued', attempt: 6 });
    expect(waiting.failure?.message).toContain('ECONNREFUSED');
    isDown = false;
    await it.dispatcher.dispatchOnce(signal);
    expect((await it.stores.runs.get('run-1')).state).toBe('leased');
  });

  it('delivers a result again that its target could not take', async () => {
    let isDown = true;
    const it = await bench({
      handler: async () => {
        if (isDown) throw new Error('database is locked');
      },
    });
    await it.enqueue('run-1');
    const launched = await it.launch();
    const result = { kind: 'result', result: notAffected };
    expect(await report(it, launched, result)).toEqual({ accepted: true });
    expect(it.handled).toEqual([]);
    isDown = false;
    it.clock.now += 20_000;
    await it.dispatcher.dispatchOnce(signal);
    await it.dispatcher.dispatchOnce(signal);
    expect(it.handled).toHaveLength(1);
    expect(it.handled[0].result).toEqual(notAffected);
  });

  it('cancels in the fleet, and takes no result afterwards', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    const launched = await it.launch();
    expect(await it.dispatcher.cancelTarget('target-1')).toHaveLength(1);
    expect(it.fleet.cancelled).toEqual(['run-1:1']);
    await expect(
      report(it, launched, { kind: 'result', result: notAffected }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(it.handled).toEqual([]);
  });

  it('does publish and rollback steps in the backend', async () => {
    const done: string[] = [];
    const it = await bench({
      step: async (run, target) => {
        done.push(`${run.kind} ${target.id}`);
      },
    });
    await it.enqueue('run-1', 'publish');
    await it.launch();
    await it.settled();
    expect(done).toEqual(['publish target-1']);
    expect(it.fleet.submitted).toEqual([]);
    expect((await it.stores.runs.get('run-1')).state).toBe('succeeded');
    expect(it.handled).toEqual([]);
  });

  it('believes a forge that says when to come back, and a final error', async () => {
    let thrown: Error = Object.assign(new Error('slow down'), {
      failure: {
        signature: 'RATE_LIMITED',
        message: 'The forge asks to wait.',
        retryable: true,
        retryAt: 160_000,
      },
    });
    const it = await bench({
      step: async () => {
        throw thrown;
      },
    });
    await it.enqueue('run-1', 'publish');
    await it.launch();
    await it.settled();
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      availableAt: 160_000,
      maxAttempts: 3,
      failure: { signature: 'RATE_LIMITED' },
    });
    it.clock.now = 160_000;
    thrown = new InputError('The patch leaves its scope.');
    await it.launch(2);
    await it.settled();
    expect(it.handled).toMatchObject([
      { result: { failure: { signature: 'InputError', retryable: false } } },
    ]);
  });

  it('queues again what ends with the backend, and nothing else', async () => {
    const it = await bench();
    await it.enqueue('run-1');
    await it.launch();
    await it.stop();
    expect((await it.stores.runs.get('run-1')).state).toBe('running');
    it.fleet.endsWithBackend = true;
    await it.stop();
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      attempt: 2,
      maxAttempts: 3,
    });
  });

  it('lets go of a step when the backend stops', async () => {
    const it = await bench({
      step: (_run, _target, stepSignal) =>
        new Promise((_resolve, reject) => {
          stepSignal.addEventListener('abort', () => reject(stepSignal.reason));
        }),
    });
    await it.enqueue('run-1', 'rollback');
    await it.launch();
    while ((await it.stores.runs.get('run-1')).state !== 'running') {
      await new Promise(resolve => setTimeout(resolve, 10));
    }
    await it.stop();
    expect(await it.stores.runs.get('run-1')).toMatchObject({
      state: 'queued',
      attempt: 2,
      maxAttempts: 3,
      failure: { signature: 'BACKEND_STOPPED' },
    });
  });
});
