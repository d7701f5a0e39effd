import {
  Criticality,
  DatasetMapping,
  DatasetUse,
  Evidence,
  FieldAnswer,
  Finding,
  HaltDecision,
  OpenedWave,
  RolloutFacts,
  Rung,
  RunKind,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';

/** Rows as the stores give them: JSON parsed, times in UTC epoch milliseconds. */
export interface MigrationRecord {
  id: string;
  /** Entity reference of the dataset that is left behind. */
  dataset: string;
  campaignId?: string;
  name: string;
  title: string;
  state: string;
  outcome?: string;
  /** Numbers or the person's words behind `paused`, `halted`, `ended`. */
  reason?: string;
  planVersion: number;
  deadline?: string;
  createdBy: string;
  startedBy?: string;
  createdAt: number;
  updatedAt: number;
}

/** The exact text a migration ran with, a row for each version. */
export interface PlanRecord {
  migrationId: string;
  version: number;
  text: string;
  /** Where it was read from; absent when pasted. */
  url?: string;
  problems: PlanProblemRecord[];
  /** Absent while the plan has errors. */
  mapping?: DatasetMapping;
  /** Absent where no connection to real data is configured, or the plan has errors. */
  sample?: PlanSampleRecord;
  createdBy: string;
  createdAt: number;
}

/** What real data says of a plan; without a report it could not be read. */
export interface PlanSampleRecord {
  /** As the operator called it. */
  connection: string;
  checkedAt: number;
  report?: SampleReport;
  error?: string;
}

export interface PlanProblemRecord {
  code: string;
  severity: 'error' | 'warning';
  message: string;
  line: number;
  column: number;
  path: string;
}

export interface TargetRecord {
  id: string;
  migrationId: string;
  /** Entity reference; absent for a repository path that no entity owns. */
  consumer?: string;
  owner?: string;
  system?: string;
  /** Distance from the dataset, 1 for direct consumers. */
  depth: number;
  /** Who said so: `catalog`, `code-search`, … */
  discoveredBy: string[];
  /** `host/owner/name`; absent while unresolved. */
  repository?: string;
  defaultBranch?: string;
  paths: string[];
  excludedPaths: string[];
  /** Derived from the last simulate run's files: `bigquery-sql`, `dbt`, `python`, `scala`, … */
  framework?: string;
  state: string;
  outcome?: string;
  blocked?: string;
  /** Stable identifier behind outcome or blocked. */
  reason?: string;
  /** One sentence for people behind outcome or blocked. */
  message?: string;
  retryAt?: number;
  /** Counted from 1; 0 before it was put into one. */
  wave: number;
  /** From the consumer's annotation; absent where nobody said. */
  criticality?: Criticality;
  /** What is on record about its way to people and after. */
  facts?: RolloutFacts;
  changeId?: string;
  rung?: Rung;
  /** Verdict of the equivalence verifier on the current change. */
  proof?: string;
  answers: FieldAnswer[];
  note?: string;
  branch?: string;
  /** The commit we last pushed: the lease for the next update. */
  pushedCommit?: string;
  pullRequest?: PullRequestRecord;
  mergedCommit?: string;
  revert?: PullRequestRecord & { branch: string };
  createdAt: number;
  updatedAt: number;
  /** Optimistic lock: every update names the version it saw. */
  version: number;
}

/** Which waves of a migration are open, and what its breaker did. */
export interface RolloutRecord {
  migrationId: string;
  /** The last wave that is open; 0 before the first. */
  openWave: number;
  /** In order. */
  opened: OpenedWave[];
  /** When people last decided to go on after a halt. */
  decidedAt?: number;
  /** The last halt, also when it is over. */
  halt?: HaltRecord;
  /** What that halt has still to take back. */
  takingBack?: 'wave' | 'all';
}

export interface HaltRecord {
  at: number;
  wave: number;
  message: string;
  decision: HaltDecision;
}

/** `reader` reads what `producer` writes; both are entity references. */
export interface LineageRecord {
  producer: string;
  reader: string;
}

export interface PullRequestRecord {
  number: number;
  url: string;
  state: 'open' | 'closed' | 'merged';
  headCommit: string;
}

export interface ChangeRecord {
  id: string;
  targetId: string;
  /** Counts from 1 within the target. */
  number: number;
  runId: string;
  /** sha256 over patch, base blobs, plan slice and answers. */
  digest: string;
  baseCommit: string;
  /** base64 of a binary, full-index git patch. */
  patch: string;
  files: Array<{
    path: string;
    baseBlob: string;
    added: number;
    removed: number;
  }>;
  uses: DatasetUse[];
  findings: Finding[];
  evidence: Evidence[];
  rung?: Rung;
  mappingVersion: number;
  createdAt: number;
}

export interface ApprovalRecord {
  id: string;
  targetId: string;
  changeId: string;
  digest: string;
  decidedBy: string;
  decidedAt: number;
  note?: string;
  voidedAt?: number;
  voidedReason?: string;
}

export interface RunRecord {
  id: string;
  targetId: string;
  migrationId: string;
  kind: RunKind;
  state: string;
  attempt: number;
  maxAttempts: number;
  /** Fencing token: grows with every lease, over all runs of the target. */
  token: number;
  leaseUntil?: number;
  /** The attempt's scaffolder task; first to attach wins. */
  taskId?: string;
  /** What the fleet calls the attempt. */
  fleetRef?: string;
  credentialHash?: string;
  credentialExpiresAt?: number;
  availableAt: number;
  failure?: { signature: string; message: string; retryable: boolean };
  message?: string;
  createdAt: number;
  startedAt?: number;
  endedAt?: number;
}

export interface LogLineRecord {
  runId: string;
  attempt: number;
  sequence: number;
  at: number;
  line: string;
}

export interface ActivityRecord {
  id: string;
  migrationId: string;
  targetId?: string;
  at: number;
  /** Entity reference of the person, or `system`. */
  actor: string;
  /** `approved`, `simulate-started`, `pull-request-opened`, … */
  kind: string;
  message: string;
}

export interface PendingMigrationRecord {
  dataset: string;
  currentVersion: string;
  targetVersion: string;
  source: string;
  firstSeenAt: number;
  lastSeenAt: number;
  /** The draft that was prepared for it. */
  migrationId?: string;
  problem?: string;
}

export interface CampaignRecord {
  id: string;
  name: string;
  title: string;
  state: string;
  outcome?: string;
  createdBy: string;
  createdAt: number;
  updatedAt: number;
  datasets: string[];
}
