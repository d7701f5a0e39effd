import { DatasetMapping, FieldAnswer } from '../mapping/DatasetMapping';

/** Runs that a fleet executes; `publish` and `rollback` are the backend's own. */
export type FleetRunKind = 'simulate' | 'verify' | 'rescan';
export type RunKind = FleetRunKind | 'publish' | 'rollback';

/** The environment variable in which a fleet gives the runner its attempt's credential. */
export const RUN_CREDENTIAL_VARIABLE = 'DATASET_MIGRATION_RUN_CREDENTIAL';

/** The job file of one attempt of one run. It holds no secret. */
export interface RunJob {
  apiVersion: 'dataset-migration/v1alpha1';
  kind: 'RunJob';
  run: {
    id: string;
    kind: FleetRunKind;
    /** Counts from 1. */
    attempt: number;
    /** Fencing token: every report repeats it. */
    token: number;
    /** Makes generated data the same on every execution. */
    seed: number;
  };
  target: {
    id: string;
    /** Entity reference of the consumer; absent for a path that no entity owns. */
    consumer?: string;
    /** `host/owner/name`. */
    repository: string;
    /** Globs of the files that belong to this target; empty means all. */
    paths: string[];
    /** Globs of files that another target of this migration owns. */
    excludedPaths: string[];
  };
  mapping: DatasetMapping;
  answers: FieldAnswer[];
  /** What a person asked to change, or nothing. */
  note?: string;
  /** `verify` only: the patch to judge, base64 of a binary, full-index git patch. */
  patch?: string;
  agent: string;
  /** A sample of real data that the change is also compared on; its address is not here. */
  connection?: {
    /** As the operator called it. */
    name: string;
    /** Whether evidence may hold rows of it. */
    showRows: boolean;
  };
  limits: {
    timeoutMs: number;
    memoryMb: number;
    maxFiles: number;
    maxPatchBytes: number;
  };
  /** Base URL of the plugin's API: `https://portal/api/dataset-migration`. */
  backendUrl: string;
}
