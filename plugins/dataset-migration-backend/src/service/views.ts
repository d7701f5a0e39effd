import { Api } from 'backstage-plugin-dataset-migration-common';
import {
  ActivityRecord,
  ApprovalRecord,
  ChangeRecord,
  PendingMigrationRecord,
  PlanRecord,
  PlanSampleRecord,
  RunRecord,
  TargetRecord,
} from '../database/records';
import { splitPatch } from './splitPatch';

/** Records as the API shows them. Nothing secret and no internals leave here. */
export function targetView(
  target: TargetRecord,
  repositoryUrl: (repository: string) => string | undefined,
  digest?: string,
): Api.Target {
  return {
    id: target.id,
    migrationId: target.migrationId,
    consumer: target.consumer,
    owner: target.owner,
    system: target.system,
    depth: target.depth,
    discoveredBy: target.discoveredBy,
    repository: target.repository,
    repositoryUrl: target.repository && repositoryUrl(target.repository),
    paths: target.paths,
    framework: target.framework,
    state: target.state,
    outcome: target.outcome,
    blocked: target.blocked,
    reason: target.reason,
    message: target.message,
    retryAt: target.retryAt,
    wave: target.wave,
    rung: target.rung,
    proof: target.proof as Api.Target['proof'],
    digest,
    pullRequest: target.pullRequest,
    revert: target.revert && {
      number: target.revert.number,
      url: target.revert.url,
      state: target.revert.state,
      headCommit: target.revert.headCommit,
    },
    updatedAt: target.updatedAt,
  };
}

export function changeView(change: ChangeRecord): Api.Change {
  const diffs = splitPatch(Buffer.from(change.patch, 'base64'));
  return {
    id: change.id,
    number: change.number,
    runId: change.runId,
    digest: change.digest,
    baseCommit: change.baseCommit,
    files: change.files.map(file => ({
      path: file.path,
      added: file.added,
      removed: file.removed,
      diff: diffs.get(file.path) ?? '',
    })),
    uses: change.uses,
    findings: change.findings,
    evidence: change.evidence,
    rung: change.rung,
    mappingVersion: change.mappingVersion,
    createdAt: change.createdAt,
  };
}

export function approvalView(approval: ApprovalRecord): Api.Approval {
  const { decidedBy, decidedAt, digest, note, voidedAt, voidedReason } =
    approval;
  return { decidedBy, decidedAt, digest, note, voidedAt, voidedReason };
}

export function runView(run: RunRecord): Api.Run {
  return {
    id: run.id,
    targetId: run.targetId,
    kind: run.kind,
    state: run.state,
    attempt: run.attempt,
    maxAttempts: run.maxAttempts,
    taskId: run.taskId,
    message: run.message,
    failure: run.failure,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
}

export function planView(plan: PlanRecord): Api.Plan {
  return {
    migrationId: plan.migrationId,
    version: plan.version,
    text: plan.text,
    url: plan.url,
    problems: plan.problems,
    ...mappingView(plan),
    ...(plan.sample && { sample: sampleView(plan.sample) }),
    createdBy: plan.createdBy,
    createdAt: plan.createdAt,
  };
}

function sampleView({ report, ...sample }: PlanSampleRecord): Api.PlanSample {
  return { ...sample, ...report };
}

export function mappingView(
  plan: Pick<PlanRecord, 'mapping'>,
): Pick<Api.Plan, 'fields' | 'where' | 'from' | 'to'> {
  const { mapping } = plan;
  const types = new Map(
    mapping?.from.contract.fields.map(field => [field.name, field.type]),
  );
  return {
    fields: (mapping?.fields ?? []).map(field => ({
      name: field.name,
      type: types.get(field.name) ?? '',
      kind: field.kind,
      is: 'is' in field ? field.is : undefined,
      question: field.kind === 'ask' ? field.question : undefined,
      reason: field.kind === 'gone' ? field.reason : undefined,
      guide: 'guide' in field ? field.guide : undefined,
    })),
    where: mapping?.rows.where,
    from: mapping?.from.dataset,
    to: mapping?.to.dataset,
  };
}

export function activityView(activity: ActivityRecord): Api.Activity {
  const { id, at, actor, kind, message, targetId } = activity;
  return { id, at, actor, kind, message, targetId };
}

export function pendingView(
  pending: PendingMigrationRecord,
): Api.PendingMigration {
  return {
    dataset: pending.dataset,
    currentVersion: pending.currentVersion,
    targetVersion: pending.targetVersion,
    source: pending.source,
    firstSeenAt: pending.firstSeenAt,
    migrationId: pending.migrationId,
    problem: pending.problem,
  };
}
