import { DataContract } from '../contract/DataContract';

/** Dialects a plan's expressions can be written in. */
export type SqlDialect = 'bigquery' | 'snowflake';

/**
 * A plan's mapping after validation: the old dataset as a view over the new one.
 * This is what the codemod, the equivalence proof and the agent are given.
 */
export interface DatasetMapping {
  /** Counts up with each change to a plan; proofs name it. */
  version: number;
  dialect: SqlDialect;
  /** `keep`: output columns keep their old names; `propagate`: they are renamed too. */
  output: 'keep' | 'propagate';
  from: DatasetSide;
  to: DatasetSide;
  rows: { grain: 'same' | { by: string[] }; where?: string };
  /** Every field of the old contract exactly once, in its order. */
  fields: FieldMapping[];
}

export interface DatasetSide {
  /** Catalog entity reference of this version of the dataset. */
  dataset: string;
  contract: DataContract;
  names: DatasetNames;
}

/** How consumers address one version of a dataset. */
export interface DatasetNames {
  /** Full table names without quotes, most specific first: `project.schema.table`. */
  tables: string[];
  /** `{{ source('raw', 'user_activity_v1') }}` is `['raw', 'user_activity_v1']`. */
  dbtSources: Array<[source: string, table: string]>;
  /** `{{ ref('user_activity_v1') }}`. */
  dbtRefs: string[];
  /** Names with holes, such as `${env}_analytics.user_activity_v1`. */
  patterns: string[];
  /** Constants and classes in code. */
  symbols: string[];
}

export type FieldMapping =
  | { kind: 'same' | 'rename' | 'expression'; name: string; is: string }
  | {
      kind: 'ask';
      name: string;
      question: string;
      options: Array<{ label: string; is: string }>;
      guide?: string;
    }
  | { kind: 'gone'; name: string; reason: string; guide?: string };

/** An owner's answer to the question that an `ask` or `gone` field raised. */
export interface FieldAnswer {
  field: string;
  /** Only for uses in this file; without it, for the whole target. */
  path?: string;
  answer:
    | { kind: 'expression'; is: string }
    | { kind: 'null' }
    | { kind: 'drop' }
    | { kind: 'leave' };
}
