/** What a log entry is about. */
export type ForgeLogKind =
  | 'request'
  | 'limit'
  | 'git'
  | 'push'
  | 'ref'
  | 'repository'
  | 'pull'
  | 'review'
  | 'check'
  | 'hook'
  | 'delivery'
  | 'error';

/** One thing that the forge did. */
export interface ForgeLogEntry {
  /** Counts from 1 in each start of the forge. */
  readonly sequence: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly kind: ForgeLogKind;
  /** Login of who caused it; absent for anonymous readers. */
  readonly actor?: string;
  /** `{owner}/{name}` */
  readonly repository?: string;
  /** Details by kind, e.g. `{ action: 'opened', number: 3 }`. */
  readonly [detail: string]: unknown;
}
