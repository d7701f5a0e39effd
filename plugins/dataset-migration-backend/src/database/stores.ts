import { RunResult } from 'backstage-plugin-dataset-migration-common';
import { ForgeAnswer, ForgeCost, ForgeLimits } from '../domain/forgeBudget';
import { RemovedRuns } from './operations/removeOldRuns';
import {
  ActivityRecord,
  ApprovalRecord,
  CampaignRecord,
  ChangeRecord,
  HaltRecord,
  LineageRecord,
  LogLineRecord,
  MigrationRecord,
  PendingMigrationRecord,
  PlanRecord,
  RolloutRecord,
  RunRecord,
  TargetRecord,
} from './records';

/** One page of a list; `nextCursor` is absent on the last one. */
export interface Page<T> {
  items: T[];
  totalItems: number;
  nextCursor?: string;
}
export interface PageRequest {
  cursor?: string;
  limit?: number;
}

export interface TargetFilter {
  migrationId?: string;
  state?: string[];
  outcome?: string[];
  blocked?: string[];
  framework?: string[];
  owner?: string[];
  proof?: string[];
  text?: string;
}

export interface MigrationStore {
  create(migration: MigrationRecord, plan: PlanRecord): Promise<void>;
  get(id: string): Promise<MigrationRecord>;
  list(
    filter: { dataset?: string; state?: string[]; campaignId?: string },
    page: PageRequest,
  ): Promise<Page<MigrationRecord>>;
  /** Sets state where the current one is `expectedState`; false when it is not. */
  changeState(
    id: string,
    expectedState: string,
    next: {
      state: string;
      outcome?: string;
      reason?: string;
      startedBy?: string;
      /** People decided to go on after a halt: what it had still to take back stays. */
      decidedAt?: number;
    },
  ): Promise<boolean>;
  addPlan(plan: PlanRecord): Promise<void>;
  getPlan(migrationId: string, version?: number): Promise<PlanRecord>;
}

export interface TargetStore {
  /** Inserts those not known yet (same consumer, repository and paths); never removes. Returns all inserted. */
  insertDiscovered(targets: TargetRecord[]): Promise<TargetRecord[]>;
  /** The stored target of the same migration, consumer, repository and paths. */
  findDiscovered(target: TargetRecord): Promise<TargetRecord | undefined>;
  get(id: string): Promise<TargetRecord>;
  list(filter: TargetFilter, page: PageRequest): Promise<Page<TargetRecord>>;
  /** Walks all that match, in batches, in bounded memory. */
  iterate(filter: TargetFilter): AsyncIterable<TargetRecord[]>;
  /** Counts by state, outcome and blocked. */
  count(
    migrationId: string,
  ): Promise<
    Array<{ state: string; outcome?: string; blocked?: string; count: number }>
  >;
  /** Writes where `version` is still the one read; ConflictError otherwise. Returns the new record. */
  update(
    target: TargetRecord,
    changes: Partial<Omit<TargetRecord, 'id' | 'version'>>,
  ): Promise<TargetRecord>;
  findByPullRequest(
    repository: string,
    number: number,
  ): Promise<TargetRecord | undefined>;
}

export interface ChangeStore {
  add(change: Omit<ChangeRecord, 'number'>): Promise<ChangeRecord>;
  get(id: string): Promise<ChangeRecord>;
  listForTarget(targetId: string): Promise<ChangeRecord[]>;
  /** Digests by change id, without reading the patches. */
  digestsOf(ids: string[]): Promise<Map<string, string>>;
  approve(approval: ApprovalRecord): Promise<void>;
  currentApproval(targetId: string): Promise<ApprovalRecord | undefined>;
  voidApprovals(targetId: string, reason: string): Promise<number>;
}

export interface RunStore {
  enqueue(run: {
    id: string;
    targetId: string;
    migrationId: string;
    kind: RunRecord['kind'];
    maxAttempts: number;
    availableAt?: number;
  }): Promise<RunRecord>;
  get(id: string): Promise<RunRecord>;
  listForTarget(targetId: string): Promise<RunRecord[]>;
  /** Whether a run of this kind has not ended, or its target has not taken in how it ended. */
  isUnsettled(targetId: string, kind: RunRecord['kind']): Promise<boolean>;
  countActive(migrationId?: string): Promise<number>;
  /** Leased and running ones, oldest first. */
  listActive(limit: number): Promise<RunRecord[]>;
  /** Claims up to `limit` queued runs whose turn it is, as far as the limits allow. */
  lease(options: LeaseOptions): Promise<RunRecord[]>;
  /** All below change nothing and return false when attempt or token are stale. */
  attach(run: RunFence, taskId: string): Promise<boolean>;
  start(
    run: RunFence,
    started: {
      fleetRef?: string;
      credentialHash?: string;
      credentialExpiresAt?: number;
    },
  ): Promise<boolean>;
  heartbeat(run: RunFence, leaseMs: number, message?: string): Promise<boolean>;
  /** A result given here is kept until `settleOutcome`: a crash in between loses nothing. */
  finish(
    run: RunFence,
    end: {
      state: 'succeeded' | 'failed' | 'cancelled';
      failure?: RunRecord['failure'];
      result?: RunResult;
    },
  ): Promise<boolean>;
  /**
   * Back to `queued` with the next attempt number, no earlier than `availableAt`. `extraAttempt`
   * where the attempt was not the run's fault: it does not count against its limit.
   */
  requeue(
    run: RunFence,
    availableAt: number,
    failure?: RunRecord['failure'],
    options?: { extraAttempt?: boolean },
  ): Promise<boolean>;
  /**
   * Requeues runs whose lease ran out, or fails those out of attempts (their outcome waits as
   * after `finish`). `lost` are the attempts as they were, so that a fleet can be told to stop.
   */
  expireLeases(): Promise<{
    requeued: number;
    failed: RunRecord[];
    lost: RunRecord[];
  }>;
  /** Ended runs whose result the target did not take in yet, oldest first. */
  listPendingOutcomes(
    endedBefore: number,
    limit: number,
  ): Promise<Array<{ run: RunRecord; result: RunResult }>>;
  settleOutcome(id: string): Promise<void>;
  /** Which attempt a credential belongs to, also when that attempt is over. */
  findCredential(
    runId: string,
    hash: string,
  ): Promise<{ attempt: number; expiresAt: number } | undefined>;
  cancelForTarget(targetId: string): Promise<RunRecord[]>;
  /** False when this report id was seen before. */
  rememberReport(runId: string, reportId: string): Promise<boolean>;
  /** What `removeOldRuns` says; `endedBefore` in UTC epoch milliseconds. */
  removeOld(options: {
    endedBefore: number;
    signal: AbortSignal;
  }): Promise<RemovedRuns>;
  appendLog(runId: string, attempt: number, lines: string[]): Promise<void>;
  readLog(
    runId: string,
    afterSequence: number,
    limit: number,
  ): Promise<LogLineRecord[]>;
}
export interface LeaseOptions {
  limit: number;
  /** Most runs that are leased or running at once, of everybody, of a repository, of an owner. */
  concurrency?: number;
  perRepository?: number;
  perOwner?: number;
  leaseMs: number;
  /** `host` or `host/owner`: what would write there stays in the queue. */
  heldIdentities?: string[];
}
export interface RunFence {
  id: string;
  attempt: number;
  token: number;
}

export interface ActivityStore {
  record(activity: Omit<ActivityRecord, 'id' | 'at'>): Promise<void>;
  list(
    filter: { migrationId?: string; targetId?: string },
    page: PageRequest,
  ): Promise<Page<ActivityRecord>>;
}

export interface RolloutStore {
  /** One without open waves where there is no row. */
  get(migrationId: string): Promise<RolloutRecord>;
  /** Ids of the migrations in these states that have an open wave. */
  listStarted(states: string[]): Promise<string[]>;
  /**
   * Opens a wave where the one before it is the last open one and the migration is active;
   * false when it is not, or another replica was first. The activity tells it.
   */
  openWave(
    migrationId: string,
    wave: number,
    details: { actor: string; message: string; reason?: string },
  ): Promise<boolean>;
  /**
   * Halts an active migration: its state, the numbers, what is to be taken back and the
   * activity in one; false when it is not active any more.
   */
  halt(
    migrationId: string,
    halt: HaltRecord,
    takingBack: RolloutRecord['takingBack'],
  ): Promise<boolean>;
  /** What the halt had to take back is on its way. */
  tookBack(migrationId: string): Promise<void>;
  /**
   * Puts targets into waves that are not open; false, and nothing changed, where another wave
   * than `openWave` is the last open one by now.
   */
  place(
    migrationId: string,
    openWave: number,
    waves: Map<string, number>,
  ): Promise<boolean>;
  lineage(migrationId: string): Promise<LineageRecord[]>;
  replaceLineage(migrationId: string, edges: LineageRecord[]): Promise<void>;
}

export interface PendingStore {
  upsert(pending: PendingMigrationRecord): Promise<{ isNew: boolean }>;
  list(): Promise<PendingMigrationRecord[]>;
  /** Drops those not seen since. */
  removeNotSeenSince(time: number): Promise<number>;
}

export interface CampaignStore {
  create(campaign: CampaignRecord): Promise<void>;
  get(id: string): Promise<CampaignRecord>;
  list(page: PageRequest): Promise<Page<CampaignRecord>>;
  changeState(
    id: string,
    expectedState: string,
    next: { state: string; outcome?: string },
  ): Promise<boolean>;
}

/** What the forge was asked lately, shared by all replicas. Times in UTC epoch milliseconds. */
export interface ForgeStore {
  /** Writes a request down before it is made, or says when to ask again. */
  reserve(options: {
    identity: string;
    cost: ForgeCost;
    limits: ForgeLimits;
    now: number;
    /** When it counts as ended though nobody said so. */
    expiresAt: number;
  }): Promise<{ id: string } | { askAgainAt: number }>;
  /** The request has ended, with what its answer tells. */
  settle(options: {
    identity: string;
    id: string;
    answer: ForgeAnswer;
    now: number;
  }): Promise<void>;
  listIdentities(): Promise<string[]>;
  /** Earliest time for the next content-creating request. */
  contentNextAt(
    identity: string,
    limits: ForgeLimits,
    now: number,
  ): Promise<number>;
  /** Ends of the content-creating requests of the last hour, ascending. */
  recentContent(identity: string, now: number): Promise<number[]>;
}

export interface Stores {
  migrations: MigrationStore;
  targets: TargetStore;
  changes: ChangeStore;
  runs: RunStore;
  activity: ActivityStore;
  rollouts: RolloutStore;
  pending: PendingStore;
  campaigns: CampaignStore;
  forge: ForgeStore;
}
