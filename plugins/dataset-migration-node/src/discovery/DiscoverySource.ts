import { DatasetNames } from 'backstage-plugin-dataset-migration-common';

/** What a source knows about one consumer of a dataset. */
export interface DiscoveredConsumer {
  /** Entity reference; absent for code that no entity owns. */
  consumer?: string;
  /** `host/owner/name`; absent where the source only knows the entity. */
  repository?: string;
  /** Globs within the repository; absent or empty means all of it. */
  paths?: string[];
  /** Distance from the dataset; 1 where absent. */
  depth?: number;
}

/** Knows consumers that the catalog may not: lineage, manifests, code search. */
export interface DiscoverySource {
  /** Stable; shown as who said so: `lineage`, `code-search`. */
  readonly id: string;
  discover(request: {
    /** Entity reference of the dataset. */
    dataset: string;
    /** How consumers address the old version: what to look for in code. */
    names: DatasetNames;
    signal: AbortSignal;
  }): AsyncIterable<DiscoveredConsumer>;
}
