import { mockServices } from '@backstage/backend-test-utils';
import { RunJob, RunResult } from 'backstage-plugin-dataset-migration-common';
import { Knex } from 'knex';
import { createStores } from '../../database/createStores';
import { ChangeRecord, TargetRecord } from '../../database/records';
import { Stores } from '../../database/stores';
import { createOrchestration, Orchestration } from '../../orchestration';
import {
  NEW_SQL,
  RolloutHarness,
} from '../../rollout/__testUtils__/RolloutHarness';
import { aJob } from '../../testing/aJob';
import { PAGE_VIEWS_PLAN } from '../../testing/pageViews';
import { aMigration, aPlan } from '../../testing/records';
import { Connections } from '../../connections/Connections';
import { PublishingHours } from '../../waves/PublishingHours';
import { JobBuilder } from '../JobBuilder';
import { RolloutSteps } from '../RolloutSteps';
import { RunPlanner } from '../RunPlanner';
import { RunResults } from '../RunResults';
import { TargetService } from '../TargetService';

/** What the fleet was given and has not reported on. */
export interface Submitted {
  job: RunJob;
  credential: string;
}

const PASSED = [
  {
    verifier: 'parses',
    rung: 'parses' as const,
    verdict: 'passed' as const,
    summary: 'It parses.',
    paths: ['sql/report.sql'],
  },
  {
    verifier: 'equivalence',
    rung: 'equivalent' as const,
    verdict: 'passed' as const,
    summary: 'Old and new agree.',
    paths: ['sql/report.sql'],
  },
];

/** One backend process on a database, the simulated GitHub and real git. */
export class RolloutBench {
  readonly signal = new AbortController().signal;
  readonly stores: Stores;
  readonly targets: TargetService;
  readonly planner: RunPlanner;
  readonly submitted: Submitted[] = [];
  readonly #orchestration: Orchestration;
  readonly #tasks: Array<{ runId: string; attempt: number }> = [];
  #reports = 0;

  /** @param now - the clock of the queue */
  constructor(
    readonly forge: RolloutHarness,
    knex: Knex,
    now: () => number = Date.now,
  ) {
    const logger = mockServices.logger.mock();
    this.stores = createStores(knex, now);
    this.targets = new TargetService({
      stores: this.stores,
      events: mockServices.events.mock(),
      logger,
    });
    this.planner = new RunPlanner(this.stores);
    const rollout = forge.backend({
      stores: this.stores,
      events: this.targets,
    });
    const steps = new RolloutSteps({
      stores: this.stores,
      targets: this.targets,
      publisher: rollout.publisher,
      reverter: rollout.reverter,
      hours: new PublishingHours({
        timezones: { of: async () => () => 'UTC' },
        now,
      }),
      portalUrl: 'https://portal.example',
      logger,
    });
    const results = new RunResults(this);
    const jobs = new JobBuilder({
      connections: new Connections([]),
      stores: this.stores,
      backendUrl: async () => 'http://127.0.0.1/api/dataset-migration',
    });
    this.#orchestration = createOrchestration({
      stores: this.stores,
      scaffolder: {
        scaffold: async ({ values }) => {
          this.#tasks.push(values as { runId: string; attempt: number });
          return { taskId: `task-${this.#tasks.length}` };
        },
      },
      auth: mockServices.auth(),
      fleet: {
        id: 'bench',
        submit: async (job, { credential }) => {
          this.submitted.push({ job, credential });
          return { ref: `${job.run.id}:${job.run.attempt}` };
        },
        observe: async () => ({ state: 'running' }),
        cancel: async () => undefined,
        list: async () => [],
      },
      buildJob: (run, target) => jobs.build(run, target),
      steps: {
        publish: (run, target, signal) => steps.publish(run, target, signal),
        rollback: (run, target, signal) => steps.rollback(run, target, signal),
      },
      resultHandler: (run, target, result) =>
        results.handle(run, target, result),
      logger,
      options: {
        concurrency: 4,
        leaseMs: 60_000,
        backoffMs: 0,
        maxBackoffMs: 0,
        backendStepTimeoutMs: 60_000,
      },
      now,
    });
  }

  /** A target that was simulated and approved on the current base. */
  async approve(changes: Partial<TargetRecord> = {}): Promise<TargetRecord> {
    await this.stores.migrations.create(
      aMigration(),
      aPlan({ text: PAGE_VIEWS_PLAN, mapping: aJob().mapping }),
    );
    const [target] = await this.stores.targets.insertDiscovered([
      this.forge.target({
        owner: 'group:default/reporting',
        state: 'approved',
        ...changes,
      }),
    ]);
    const change = await this.addChange(
      this.forge.change({ 'sql/report.sql': NEW_SQL }),
    );
    return this.stores.targets.update(target, {
      changeId: change.id,
      rung: change.rung,
    });
  }

  async addChange(change: ChangeRecord): Promise<ChangeRecord> {
    const added = await this.stores.changes.add({
      ...change,
      evidence: PASSED,
      rung: 'equivalent',
    });
    await this.stores.changes.approve({
      id: `approval-${added.id}`,
      targetId: added.targetId,
      changeId: added.id,
      digest: added.digest,
      decidedBy: 'user:default/olga',
      decidedAt: Date.now(),
    });
    return added;
  }

  target(): Promise<TargetRecord> {
    return this.stores.targets.get(this.forge.target().id);
  }

  async publish(): Promise<TargetRecord> {
    await this.targets.apply(await this.target(), 'wave-opens');
    return this.pump();
  }

  /** Lets the queue, its tasks and the backend's own steps go as far as they come. */
  async pump(): Promise<TargetRecord> {
    for (let round = 0; round < 3; round += 1) {
      await this.planner.ensureAll(this.signal);
      await this.#orchestration.dispatcher.dispatchOnce(this.signal);
      for (const { runId, attempt } of this.#tasks.splice(0)) {
        await this.#orchestration.launcher.attachRun(
          runId,
          attempt,
          `task-${runId}-${attempt}`,
        );
      }
      await this.#orchestration.settled();
    }
    return this.target();
  }

  /** Reports on what the fleet was given last, as a runner does. */
  async report(
    changes: Partial<RunResult> = {},
    { job, credential } = this.#last(),
  ): Promise<TargetRecord> {
    const { id, attempt, token } = job.run;
    this.#reports += 1;
    await this.#orchestration.reports.accept(id, credential, {
      attempt,
      token,
      reportId: `report-${this.#reports}`,
      kind: 'result',
      result: {
        apiVersion: 'dataset-migration/v1alpha1',
        kind: 'RunResult',
        outcome: 'changed',
        uses: [],
        findings: [],
        evidence: PASSED,
        rung: 'equivalent',
        ...(await this.#changeNow(job)),
        ...changes,
      },
    });
    return this.target();
  }

  #last(): Submitted {
    const last = this.submitted.at(-1);
    if (!last) throw new Error('The fleet was given nothing.');
    return last;
  }

  async #changeNow(job: RunJob) {
    const [known] = await this.stores.changes.listForTarget(job.target.id);
    return {
      baseCommit: this.forge.head(),
      change: { patch: known.patch, files: known.files },
    };
  }
}
