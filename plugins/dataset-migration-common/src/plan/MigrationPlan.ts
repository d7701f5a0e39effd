import { SqlDialect } from '../mapping/DatasetMapping';

/** The one file that defines a migration, after `parsePlan` checked it. */
export interface MigrationPlan {
  apiVersion: 'dataset-migration/v1alpha1';
  kind: 'MigrationPlan';
  metadata: {
    /** Unique; a DNS label. */
    name: string;
    title?: string;
    description?: string;
    links?: Array<{ title: string; url: string }>;
  };
  spec: MigrationPlanSpec;
}

export interface MigrationPlanSpec {
  /** Catalog entity reference. */
  owner?: string;
  /** `2027-03-31`: the old version goes away after it. */
  deadline?: string;
  from: PlanSide;
  to: PlanSide;
  mapping: PlanMapping;
  consumers?: PlanConsumers;
  workflow?: 'default' | { steps: PlanWorkflowStep[] };
  agent?: { use: string };
  verify?: PlanVerify;
  approval?: PlanApproval;
  rollout?: PlanRollout;
  limits?: PlanLimits;
}

export interface PlanSide {
  /** Catalog entity reference of this version. */
  dataset: string;
  /** Path in the plan's repository, or URL, of an ODCS v3 document. */
  contract: string;
  /** Added to the names that follow from the contract. */
  names?: PlanNames;
}

export interface PlanNames {
  tables?: string[];
  dbt?: { source?: [source: string, table: string]; ref?: string };
  patterns?: string[];
  symbols?: string[];
}

export interface PlanMapping {
  dialect: SqlDialect;
  output?: 'keep';
  rows?: { grain?: 'same' | { by: string[] }; where?: string };
  /** By old field name; one that is absent keeps its name and type. */
  fields?: Record<string, PlanField>;
}

/** A rename to a new field, or one of `is`, `ask` and `gone`. */
export type PlanField =
  | string
  | { is: string }
  | {
      ask: string;
      options: Array<{ label: string; is: string }>;
      guide?: string;
    }
  | { gone: string; guide?: string };

export interface PlanConsumers {
  /** Relation types to walk; the portal's configuration knows the direction. */
  relations?: string[];
  /** How far from the dataset targets are made; 1 where absent. */
  depth?: number;
  /** Catalog predicate queries; who matches one is not a target. */
  exclude?: Array<Record<string, unknown>>;
  /** Globs of a consumer's files, by its entity reference. */
  paths?: Record<string, string[]>;
}

export interface PlanWorkflowStep {
  name: string;
  /** Name of a configured agent. */
  agent?: string;
  /** Id of a scaffolder action. */
  action?: string;
  depends_on?: string[];
}

export interface PlanVerify {
  /** The rung a change must reach to be approved without further ado. */
  require?: 'parses' | 'resolves' | 'compiles' | 'equivalent';
  /** What happens to `inconclusive` and `not-run`; `failed` never passes. */
  otherwise?: 'review' | 'refuse';
}

export interface PlanApproval {
  by?: 'owner';
  /** The approver is neither who started the migration nor an author of the change. */
  fourEyes?: boolean;
  auto?: [];
}

/** Order, waves and breaker of the rollout; `readRolloutRules` has what holds where a key is absent. */
export interface PlanRollout {
  order?: RolloutOrderKey[];
  waves?: PlanWave[];
  proceed?: { merged?: string; after?: string };
  soak?: string;
  halt?: { errorRate: string; atLeast?: number };
  onHalt?: OnHalt;
  windows?: PlanWindow[];
  publish?: { draft?: boolean; automerge?: false };
}

export const ROLLOUT_ORDER_KEYS = ['criticality', 'lineage'] as const;
export type RolloutOrderKey = (typeof ROLLOUT_ORDER_KEYS)[number];

/** What a halt does beyond stopping: nothing, take back the wave, or take back everything. */
export type OnHalt = 'pause' | 'rollback-wave' | 'rollback';

/** One entry of `rollout.windows`: when pull requests may be opened. */
export interface PlanWindow {
  /** Week days the window opens on: `mon-fri`, `mon,wed`, `sat-mon`; every day where absent. */
  days?: string;
  /** Wall clock time `HH:MM`. */
  from: string;
  /** Wall clock time, exclusive; one that is not after `from` is on the next day. `24:00` is midnight. */
  to: string;
  /** IANA name, or `owner`: the zone of the target's owner. UTC where absent. */
  timezone?: string;
}

export interface PlanWave {
  name?: string;
  /** Cumulative: `25%` of all targets are in this wave or an earlier one. */
  share: string;
  /** Never fewer targets than this, where there are as many. */
  atLeast?: number;
}

export interface PlanLimits {
  /** Runs of this migration at the same time. */
  concurrency?: number;
  /** ISO 8601 duration of one run. */
  timeout?: string;
  /** Attempts of one run. */
  attempts?: number;
}

/** Steps of `workflow: default`, each after the one before it. */
export const DEFAULT_WORKFLOW_STEPS = [
  'discover',
  'validate-dependencies',
  'simulate',
  'approve',
  'publish',
  'notify',
] as const;
