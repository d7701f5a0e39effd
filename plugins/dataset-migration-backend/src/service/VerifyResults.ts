import { randomUUID } from 'node:crypto';
import { Finding, RunResult } from 'backstage-plugin-dataset-migration-common';
import { ChangeRecord, RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { ApprovedChange, approvedChange } from './approvedChange';
import { proofOf } from './proofOf';
import { TargetService } from './TargetService';
import { worseThan } from './worseThan';

const VERIFIED_WORSE = 'VERIFIED_WORSE';

/** Migrations in which a verified change is published now, or once people resume. */
const GOES_ON = ['active', 'paused'];

/** Takes in how an approved change fares on a base that moved. */
export class VerifyResults {
  readonly #stores: Stores;
  readonly #targets: TargetService;

  constructor(options: { stores: Stores; targets: TargetService }) {
    this.#stores = options.stores;
    this.#targets = options.targets;
  }

  /** May be called again for the same run: what was found is read from its stored change. */
  async handle(
    run: RunRecord,
    target: TargetRecord,
    result: RunResult,
  ): Promise<void> {
    if (target.state !== 'approved' || target.blocked !== 'verification') {
      return;
    }
    if (result.outcome === 'failed') {
      await this.#failed(target, result);
      return;
    }
    const changes = await this.#stores.changes.listForTarget(target.id);
    let change = changes.find(each => each.runId === run.id);
    if (!change) {
      const approved = await approvedChange(this.#stores, target);
      if (!approved) {
        await this.#worse(target, {
          reason: 'NOT_APPROVED',
          message: 'The approval was voided while the change was verified.',
        });
        return;
      }
      if (touchedFilesMoved(approved.approved, result)) {
        await this.#baseChanged(target);
        return;
      }
      change = await this.#store(run, target, approved, result);
    }
    await this.#decide(target, change);
  }

  async #decide(target: TargetRecord, change: ChangeRecord): Promise<void> {
    const summary = {
      changeId: change.id,
      rung: change.rung,
      proof: proofOf(change.evidence),
    };
    const worse = change.findings.find(each => each.reason === VERIFIED_WORSE);
    if (worse) {
      await this.#worse(target, { ...summary, ...worse });
      return;
    }
    const migration = await this.#stores.migrations.get(target.migrationId);
    const message = `Verified again on ${change.baseCommit.slice(
      0,
      12,
    )}, with no worse result.`;
    if (GOES_ON.includes(migration.state)) {
      await this.#targets.apply(target, 'verified', { ...summary, message });
    } else {
      await this.#targets.apply(target, 'block', {
        ...summary,
        blocked: 'wave',
        message,
      });
    }
  }

  /** What could not be verified is not published; a person looks at why. */
  async #failed(target: TargetRecord, result: RunResult): Promise<void> {
    if (result.failure?.signature === 'PATCH_DOES_NOT_APPLY') {
      await this.#baseChanged(target);
      return;
    }
    await this.#worse(target, {
      reason: result.failure?.signature ?? 'RUN_FAILED',
      message: `The base branch moved, and the change could not be verified again: ${
        result.failure?.message ?? 'the run failed.'
      }`,
    });
  }

  async #worse(
    target: TargetRecord,
    why: Pick<TargetRecord, 'changeId' | 'rung' | 'proof'> &
      Pick<Finding, 'reason' | 'message'>,
  ): Promise<void> {
    // The approval first: killed in between, nothing is published with it.
    await this.#stores.changes.voidApprovals(target.id, why.message);
    const { changeId = target.changeId, reason, message } = why;
    await this.#targets.apply(target, 'verified-worse', {
      changeId,
      ...(why.changeId && { rung: why.rung, proof: why.proof }),
      reason,
      message,
      blocked: target.owner ? 'review' : 'no-owner',
    });
  }

  async #baseChanged(target: TargetRecord): Promise<void> {
    const message =
      'Its files changed on the base branch: it is simulated again.';
    await this.#stores.changes.voidApprovals(target.id, message);
    await this.#targets.apply(target, 'base-changed', {
      reason: 'BASE_CHANGED',
      message,
    });
  }

  /** The approved patch with its new evidence. What the run calls its patch is not taken. */
  async #store(
    run: RunRecord,
    target: TargetRecord,
    { approved }: ApprovedChange,
    result: RunResult,
  ): Promise<ChangeRecord> {
    const worse = result.baseCommit
      ? worseThan(approved, result)
      : 'The run does not say on which commit it verified the change.';
    return this.#stores.changes.add({
      id: randomUUID(),
      targetId: target.id,
      runId: run.id,
      digest: approved.digest,
      baseCommit: result.baseCommit ?? '',
      patch: approved.patch,
      files: approved.files,
      uses: result.uses,
      findings: worse
        ? [findingOf(worse), ...result.findings]
        : result.findings.filter(each => each.reason !== VERIFIED_WORSE),
      evidence: result.evidence,
      rung: result.rung,
      mappingVersion: approved.mappingVersion,
      createdAt: Date.now(),
    });
  }
}

function findingOf(worse: string): Finding {
  return {
    reason: VERIFIED_WORSE,
    severity: 'warning',
    route: 'person',
    message: `The base branch moved, and the change was verified again with a worse result. ${worse}`,
  };
}

function touchedFilesMoved(approved: ChangeRecord, result: RunResult): boolean {
  const before = new Map(
    approved.files.map(({ path, baseBlob }) => [path, baseBlob]),
  );
  return (result.change?.files ?? []).some(
    ({ path, baseBlob }) => before.get(path) !== baseBlob,
  );
}
