import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Dataset migrations. Everything has a default. */
  datasetMigration?: {
    /** Fleet in which runs execute: `local`, or one that an installed module brings. */
    fleet?: string;
    fleets?: {
      local?: {
        /** Path of the runner's executable; by default that of the installed runner package. */
        runner?: string;
        /** Most runs at once on this machine. Default 2. */
        concurrency?: number;
      };
    };
    /** The scan for datasets with a pending migration. */
    scan?: {
      /** Default: 6 hours. */
      frequency?: HumanDuration | string;
    };
    discovery?: {
      /** A discovery stops, and says so, at this many consumers. Default 50000. */
      maxConsumers?: number;
      /** Also search the code of the forge for the dataset's names. Default true. */
      codeSearch?: boolean;
      /** Relation types beyond those of the Backstage catalog model. */
      relations?: Array<{
        type: string;
        /** The name of the relation on the other side. */
        inverse: string;
        /** `to-dataset`: the consumer carries it; `from-dataset`: the dataset does. */
        direction: 'to-dataset' | 'from-dataset';
      }>;
    };
    /**
     * Real data that mappings and changes are also compared on. Nothing is ever written there: a
     * role of PostgreSQL that can change anything is refused.
     */
    connections?: Array<{
      name: string;
      /** Entity references; one that ends with `*` stands for all that begin so. */
      datasets: string[];
      kind: 'duckdb' | 'directory' | 'postgres';
      /** `duckdb`: the file, on the machines where runs execute and on those of the backend. */
      file?: string;
      /** `directory`: CSV and Parquet files, named after tables. */
      path?: string;
      /**
       * `postgres`: an address such as `postgres://reader:password@host/database`.
       * @visibility secret
       */
      url?: string;
      /**
       * Whether evidence may show rows that differ, to everybody who may see the migration. Default false.
       */
      showRows?: boolean;
    }>;
    /** The queue of runs. */
    orchestration?: {
      /** Most runs leased or running at once, over all replicas. Default 4. */
      concurrency?: number;
      /** The same for one repository. Default 8. */
      perRepository?: number;
      /** The same for all targets of one owner. No limit by default. */
      perOwner?: number;
      /** How long a run may be silent before its attempt counts as lost. Default 60 s. */
      lease?: HumanDuration | string;
      /** Wait before the second attempt; doubles with each. Default 5 s. */
      backoff?: HumanDuration | string;
      /** Default 5 minutes. */
      maxBackoff?: HumanDuration | string;
      /** Longest that one publish or rollback may take. Default 5 minutes. */
      stepTimeout?: HumanDuration | string;
    };
    /** How often scheduled slices run. */
    slices?: {
      /** Start of queued runs. Default 2 s. */
      dispatch?: HumanDuration | string;
      /** Look at open pull requests. Default 30 s. */
      reconcile?: HumanDuration | string;
      /** Open waves, publish what is approved in them, halt. Default 3 s. */
      rollout?: HumanDuration | string;
    };
    rollout?: {
      /**
       * IANA time zone of owners whose entity has no annotation `dataset-migration/timezone`, for
       * windows with `timezone: owner`. Default UTC.
       */
      timezone?: string;
    };
    /** What is removed with time. Changes, evidence, outcomes and decisions stay. */
    retention?: {
      /**
       * How long logs of runs are kept after they ended, and runs that later ones superseded.
       * Default 90 days.
       */
      runs?: HumanDuration | string;
    };
    /**
     * Limits towards the forge, for each identity (a token on its host, an App in each organisation),
     * over all replicas. The defaults are GitHub's documented figures.
     */
    forge?: {
      /** Shortest time between two writing requests. Default 1 s, as GitHub asks for. */
      minWriteInterval?: HumanDuration | string;
      /** Writing requests in any minute. Default 80. */
      writesPerMinute?: number;
      /** Writing requests in any hour. Default 500. */
      writesPerHour?: number;
      /** Points in any minute; a read is 1, a write 5. Default 900. */
      pointsPerMinute?: number;
      /** Code searches in any minute. Default 9. */
      searchesPerMinute?: number;
      /** Requests under way at once. Default 100. */
      concurrentRequests?: number;
      /** Share of the hourly requests that is left to people who use the same identity. Default 0.1. */
      reserve?: number;
      /** Milliseconds that a request waits for its turn before its run goes back to the queue. Default 20000. */
      maxWaitMs?: number;
      /** Milliseconds that one request may take. Default 30000. */
      requestTimeoutMs?: number;
      [key: string]: unknown;
    };
  };
}
