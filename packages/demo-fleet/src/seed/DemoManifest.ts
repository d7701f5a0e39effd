/** How a consumer of the demo fleet has to end; written by hand in `manifest.yaml`. */
export interface ManifestTarget {
  /** Name of the repository, owned by `demo`. */
  repository: string;
  /** Dataset whose migration the target belongs to. */
  dataset: string;
  /** Entity reference; absent for a path that no entity owns. */
  consumer?: string;
  /** Globs of the target inside its repository; absent for all of it. */
  paths?: string[];
  discovered: 'catalog' | 'code-search';
  framework: 'sql' | 'dbt' | 'python' | 'scala' | 'airflow' | 'none';
  /**
   * `question` is a target that waits for its owner's answer; `no-owner` one that is simulated and
   * never published; the others are outcomes or the state `unresolved`.
   */
  outcome:
    | 'migrated'
    | 'handed-over'
    | 'not-affected'
    | 'question'
    | 'no-owner'
    | 'unresolved';
  /** Stable identifiers that have to be among the findings. */
  reasons: string[];
  /** Whether the change comes with an equivalence proof over a result that is not empty. */
  proof: boolean;
  features: string[];
}

/** The right outcome of every repository of the demo fleet. */
export interface DemoManifest {
  /** Repositories that hold no consumer. */
  other: string[];
  targets: ManifestTarget[];
  /** By dataset. */
  totals: Record<string, ManifestTotals>;
}

export interface ManifestTotals {
  discovered: number;
  migrated: number;
  handedOver: number;
  notAffected: number;
  question: number;
  noOwner: number;
  unresolved: number;
  proved: number;
  /** Targets with the feature among those that are migrated with a proof. */
  features: Record<string, number>;
}
