import { randomUUID } from 'node:crypto';
import {
  Finding,
  RunKind,
  RunResult,
  TargetBlocked,
} from 'backstage-plugin-dataset-migration-common';
import { ChangeRecord, RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { changeDigest } from './changeDigest';
import { frameworkOf } from './frameworkOf';
import { proofOf } from './proofOf';
import { TargetService } from './TargetService';
import { VerifyResults } from './VerifyResults';

/** What a final failure of a run means for its target, by kind and state. */
const FAILURE_EVENTS: Partial<Record<RunKind, Record<string, string>>> = {
  simulate: { simulating: 'failed' },
  verify: { simulating: 'failed' },
  publish: { publishing: 'failed' },
  rollback: { reverting: 'revert-failed' },
};

/** Turns what a finished run reports into a change and a step of its target. */
export class RunResults {
  readonly #stores: Stores;
  readonly #targets: TargetService;
  readonly #verifications: VerifyResults;

  constructor(options: { stores: Stores; targets: TargetService }) {
    this.#verifications = new VerifyResults(options);
    this.#stores = options.stores;
    this.#targets = options.targets;
  }

  /** May be called again for the same run: a target that moved on is left alone. */
  async handle(
    run: RunRecord,
    target: TargetRecord,
    result: RunResult,
  ): Promise<void> {
    if (run.kind === 'verify' && target.state === 'approved') {
      await this.#verifications.handle(run, target, result);
    } else if (result.outcome === 'failed') {
      await this.#failed(run, target, result);
    } else if (run.kind === 'rescan') {
      await this.#rescanned(target, result);
    } else if (target.state === 'simulating') {
      await this.#simulated(run, target, result);
    }
  }

  /** The run failed for good: so does what it ran for. A failed rescan runs again later. */
  async #failed(
    run: RunRecord,
    target: TargetRecord,
    result: RunResult,
  ): Promise<void> {
    const event = FAILURE_EVENTS[run.kind]?.[target.state];
    if (!event) return;
    await this.#targets.apply(target, event, {
      reason: result.failure?.signature ?? 'RUN_FAILED',
      message: result.failure?.message ?? 'The run failed.',
    });
  }

  async #rescanned(target: TargetRecord, result: RunResult): Promise<void> {
    if (target.state !== 'merged') return;
    if (result.uses.length === 0) {
      await this.#targets.apply(target, 'rescan-clean');
      return;
    }
    const places = result.uses
      .slice(0, 5)
      .map(use => `${use.place.path}:${use.place.line}`)
      .join(', ');
    await this.#targets.apply(target, 'rescan-found', {
      reason: 'READS_LEFT',
      message: `Still reads the old version at ${places}.`,
    });
  }

  async #simulated(
    run: RunRecord,
    target: TargetRecord,
    result: RunResult,
  ): Promise<void> {
    if (result.outcome === 'not-affected') {
      const finding = result.findings[0];
      await this.#targets.apply(target, 'nothing-to-change', {
        reason: finding?.reason,
        message: finding?.message,
      });
      return;
    }
    const change = await this.#store(run, target, result);
    const summary = {
      changeId: change.id,
      rung: change.rung,
      proof: proofOf(result.evidence),
      framework: frameworkOf(result),
    };
    if (result.outcome === 'needs-person') {
      const finding = firstRefusal(result.findings);
      await this.#targets.apply(target, 'needs-person', {
        ...summary,
        reason: finding?.reason ?? 'NEEDS_PERSON',
        message: finding?.message ?? 'A person has to change this by hand.',
      });
      return;
    }
    const openQuestions = questionsOf(result.findings).length;
    const blocked = blockedBy(target, openQuestions);
    await this.#targets.apply(
      target,
      'change-ready',
      { ...summary, blocked, message: messageOf(blocked, result) },
      { openQuestions },
    );
  }

  async #store(
    run: RunRecord,
    target: TargetRecord,
    result: RunResult,
  ): Promise<ChangeRecord> {
    const plan = await this.#stores.migrations.getPlan(target.migrationId);
    if (!plan.mapping) {
      throw new Error(`Plan version ${plan.version} has no mapping.`);
    }
    await this.#stores.changes.voidApprovals(
      target.id,
      'The change was made again.',
    );
    const known = (await this.#stores.changes.listForTarget(target.id)).find(
      change => change.runId === run.id,
    );
    if (known) return known;
    return this.#stores.changes.add({
      id: randomUUID(),
      targetId: target.id,
      runId: run.id,
      digest: changeDigest(result, plan.mapping, target.answers),
      baseCommit: result.baseCommit ?? '',
      patch: result.change?.patch ?? '',
      files: result.change?.files ?? [],
      uses: result.uses,
      findings: result.findings,
      evidence: result.evidence,
      rung: result.rung,
      mappingVersion: plan.mapping.version,
      createdAt: Date.now(),
    });
  }
}

/** Findings that are questions nobody has answered. */
export function questionsOf(findings: Finding[]): Finding[] {
  return findings.filter(finding => finding.route === 'question');
}

function firstRefusal(findings: Finding[]): Finding | undefined {
  return findings.find(
    finding => finding.route === 'person' || finding.route === 'agent',
  );
}

function blockedBy(target: TargetRecord, openQuestions: number): TargetBlocked {
  if (openQuestions > 0) return 'question';
  return target.owner ? 'review' : 'no-owner';
}

function messageOf(blocked: TargetBlocked, result: RunResult) {
  if (blocked === 'question') {
    return questionsOf(result.findings)[0].question?.text;
  }
  return undefined;
}
