/** A dataset that has to move to another version. */
export interface PendingDataset {
  /** Entity reference of the dataset. */
  dataset: string;
  currentVersion: string;
  targetVersion: string;
  /** Where the plan can be read, if the source knows. */
  planUrl?: string;
}

/** Knows which datasets have a pending migration, such as a metadata API. */
export interface PendingSource {
  /** Stable; kept as the source of what it found. */
  readonly id: string;
  list(request: { signal: AbortSignal }): AsyncIterable<PendingDataset>;
}
