// Generated from openapi.yaml by `yarn generate:api`. Do not edit.
export interface paths {
  '/pending': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Datasets with a pending migration, as the scan found them */
    get: operations['listPending'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/pending/scan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Runs the scan now */
    post: operations['scanPending'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/dataset-overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the Migration tab of a dataset starts with */
    get: operations['getDatasetOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/plan-checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Checks a plan and changes nothing */
    post: operations['checkPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Migrations, newest first */
    get: operations['listMigrations'];
    put?: never;
    /** Makes a draft; a plan with errors makes a draft that cannot start */
    post: operations['createMigration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One migration */
    get: operations['getMigration'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The plan text a migration runs with, and its mapping */
    get: operations['getPlan'];
    /** A new plan version; voids approvals of targets whose slice changed */
    put: operations['updatePlan'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/effects/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What an action would do, in numbers */
    get: operations['previewMigrationAction'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/actions/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** start, simulate, publish, pause, resume, cancel, discard, roll-back or end-incomplete */
    post: operations['actOnMigration'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/targets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Targets of a migration */
    get: operations['listTargets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/rollout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The waves of a migration, their health and errors, and when the next one opens */
    get: operations['getRollout'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/migrations/{migrationId}/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what, when and why, newest first */
    get: operations['listActivity'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/targets/{targetId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A target with its change, evidence and runs */
    get: operations['getTarget'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/targets/{targetId}/actions/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** approve, ask-for-changes, answer, skip, retry, simulate or roll-back */
    post: operations['actOnTarget'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{runId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One run */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{runId}/log': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Log lines after a sequence number */
    get: operations['readRunLog'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{runId}/attach': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A scaffolder task takes an attempt; the first wins. For service credentials */
    post: operations['attachRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{runId}/source': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One commit as a git pack, for the attempt's credential */
    get: operations['getRunSource'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/runs/{runId}/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Progress, log or result of an attempt, for the attempt's credential */
    post: operations['reportRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/campaigns': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Campaigns, newest first */
    get: operations['listCampaigns'];
    put?: never;
    /** A migration for each chosen dataset that has a valid plan; others are listed as problems */
    post: operations['createCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/campaigns/{campaignId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One campaign */
    get: operations['getCampaign'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/campaigns/{campaignId}/actions/{action}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** launch, pause, resume, cancel or roll-back */
    post: operations['actOnCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/campaign-candidates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Datasets that a filter chooses */
    post: operations['listCampaignCandidates'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    PlanProblem: {
      /** @description Stable identifier */
      code: string;
      /** @enum {string} */
      severity: 'error' | 'warning';
      message: string;
      /** @description 1-based */
      line: number;
      /** @description 1-based */
      column: number;
      /** @description JSON path in the plan */
      path: string;
    };
    PlanSource: {
      /**
       * @description annotation: the plan file that the dataset entity names; url: read it from there; text: pasted
       * @enum {string}
       */
      from: 'annotation' | 'url' | 'text';
      url?: string;
      text?: string;
    };
    MappedField: {
      /** @description Old field */
      name: string;
      type: string;
      /** @enum {string} */
      kind: 'same' | 'rename' | 'expression' | 'ask' | 'gone';
      /** @description Expression over new fields */
      is?: string;
      question?: string;
      reason?: string;
      guide?: string;
    };
    Plan: {
      migrationId: string;
      version: number;
      text: string;
      url?: string;
      problems: components['schemas']['PlanProblem'][];
      fields: components['schemas']['MappedField'][];
      /** @description rows.where of the mapping */
      where?: string;
      from?: string;
      to?: string;
      sample?: components['schemas']['PlanSample'];
      createdBy: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      createdAt: number;
    };
    /** @description What real data says of a plan's contracts and mapping; with an error it could not be read */
    PlanSample: {
      /** @description As the operator called it */
      connection: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      checkedAt: number;
      error?: string;
      tables?: {
        /** @enum {string} */
        side: 'from' | 'to';
        name: string;
        rows: number;
        complete: boolean;
      }[];
      drift?: components['schemas']['SampleProblem'][];
      mapping?: components['schemas']['EquivalenceCase'];
    };
    SampleProblem: {
      /** @enum {string} */
      side: 'from' | 'to';
      field: string;
      code: string;
      /** @enum {string} */
      severity: 'warning' | 'error';
      message: string;
    };
    PlanCheck: {
      valid: boolean;
      problems: components['schemas']['PlanProblem'][];
      fields: components['schemas']['MappedField'][];
    };
    TargetCount: {
      state: string;
      outcome?: string;
      blocked?: string;
      count: number;
    };
    Progress: {
      total: number;
      /** @description What goes on, for people */
      phase: string;
      counts: components['schemas']['TargetCount'][];
    };
    NextStep: {
      /** @enum {string} */
      action: 'start' | 'simulate' | 'review' | 'publish' | 'none';
      label: string;
      /** @description What pressing it does, in numbers */
      effect: string;
    };
    Migration: {
      id: string;
      name: string;
      title: string;
      /** @description Entity reference */
      dataset: string;
      targetDataset?: string;
      campaignId?: string;
      /** @enum {string} */
      state:
        | 'draft'
        | 'active'
        | 'paused'
        | 'halted'
        | 'rolling-back'
        | 'ended';
      outcome?: string;
      reason?: string;
      deadline?: string;
      planVersion: number;
      /** @description The last wave that is open; absent before the first */
      openWave?: number;
      planErrors: number;
      createdBy: string;
      startedBy?: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      createdAt: number;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      updatedAt: number;
      progress: components['schemas']['Progress'];
      nextStep: components['schemas']['NextStep'];
    };
    MigrationPage: {
      items: components['schemas']['Migration'][];
      totalItems: number;
      nextCursor?: string;
    };
    CreateMigration: {
      /** @description Entity reference */
      dataset: string;
      plan: components['schemas']['PlanSource'];
    };
    Rollout: {
      /** @description The plan has no waves; these are a pilot of five and the rest */
      proposed: boolean;
      /** @description The last wave that is open; 0 before the first */
      openWave: number;
      waves: components['schemas']['Wave'][];
      next?: components['schemas']['NextWave'];
      halt?: components['schemas']['Halt'];
      /** @description Targets that failed alike, to choose what runs again after a fix */
      failures: components['schemas']['FailureGroup'][];
    };
    Wave: {
      /** @description Counted from 1 */
      wave: number;
      name?: string;
      /** @enum {string} */
      state: 'waiting' | 'open' | 'soaking' | 'through';
      /** @description UTC epoch milliseconds */
      openedAt?: number;
      /** @description Entity reference of a person, or system */
      openedBy?: string;
      /** @description Why a person opened it early */
      reason?: string;
      targets: number;
      /** @description Targets that may still be published or were */
      counted: number;
      published: number;
      merged: number;
      /** @description Merges with which the wave is through */
      needed: number;
      /** @description Published, and neither merged nor ended */
      stragglers: number;
      /** @enum {string} */
      health: 'healthy' | 'unhealthy' | 'unknown';
      errors: components['schemas']['WaveErrors'];
    };
    /** @description The numbers of the breaker */
    WaveErrors: {
      /** @description Targets with an error */
      errors: number;
      /** @description Published targets with a known result */
      known: number;
      /** @description Known results that the breaker needs */
      needed: number;
      /** @description 0 to 1 */
      rate: number;
      /** @description A rate over it halts; absent where the plan has no breaker */
      threshold?: number;
      kinds: {
        [key: string]: number;
      };
      message: string;
    };
    NextWave: {
      wave: number;
      ready: boolean;
      /** @description UTC epoch milliseconds, if all stays as it is; absent where it depends on others */
      opensAt?: number;
      /** @enum {string} */
      waitsFor?:
        | 'start'
        | 'migration'
        | 'opening'
        | 'merges'
        | 'publishing'
        | 'health'
        | 'base-checks'
        | 'soak'
        | 'window';
      /** @description For people: next opens in 3 h 12 m if healthy */
      message: string;
    };
    /** @description The last halt, with the numbers that tripped the breaker */
    Halt: {
      /** @description UTC epoch milliseconds */
      at: number;
      wave: number;
      message: string;
      /**
       * @description What is still being taken back
       * @enum {string}
       */
      takingBack?: 'wave' | 'all';
      /** @description When people decided to go on; absent until then */
      decidedAt?: number;
    };
    FailureGroup: {
      signature: string;
      targets: number;
      /** @description How many of them run again with this signature */
      rerun: number;
    };
    ActionRequest: {
      /** @description Why, kept in the activity */
      reason?: string;
      targetIds?: string[];
      /** @description With resume, after a fix; those that failed alike run again */
      signatures?: string[];
      /** @description Refused with 409 when the number of affected targets is another by now */
      expectedTargets?: number;
    };
    ActionEffect: {
      action: string;
      allowed: boolean;
      targets: number;
      repositories: number;
      owners: number;
      /** @description For people: opens 12 pull requests in 12 repositories of 4 teams; none is merged */
      message: string;
    };
    ActionResult: {
      migration: components['schemas']['Migration'];
      affectedTargets: number;
    };
    PullRequest: {
      number: number;
      url: string;
      /** @enum {string} */
      state: 'open' | 'closed' | 'merged';
      headCommit: string;
    };
    Target: {
      id: string;
      migrationId: string;
      consumer?: string;
      owner?: string;
      system?: string;
      depth: number;
      discoveredBy: string[];
      /** @description host/owner/name */
      repository?: string;
      repositoryUrl?: string;
      paths: string[];
      framework?: string;
      state: string;
      outcome?: string;
      blocked?: string;
      /** @description Stable identifier */
      reason?: string;
      message?: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      retryAt?: number;
      wave: number;
      rung?: string;
      /** @enum {string} */
      proof?: 'passed' | 'failed' | 'inconclusive' | 'not-run';
      /** @description Of the current change: an approval names it */
      digest?: string;
      pullRequest?: components['schemas']['PullRequest'];
      revert?: components['schemas']['PullRequest'];
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      updatedAt: number;
    };
    TargetPage: {
      items: components['schemas']['Target'][];
      totalItems: number;
      nextCursor?: string;
    };
    Place: {
      path: string;
      line: number;
      column: number;
      endLine?: number;
      endColumn?: number;
    };
    DatasetUse: {
      place: components['schemas']['Place'];
      field?: string;
      context: string;
      route: string;
      snippet: string;
      /** @description The way from the dataset to this use, in order */
      via?: components['schemas']['UseStep'][];
      /** @description Where the field ends up in the output of the consumer's query */
      outputs?: components['schemas']['UseOutput'][];
      /** @description Reads something made from the dataset, not the dataset itself; nothing is edited there */
      indirect?: boolean;
    };
    UseStep: {
      /** @enum {string} */
      kind: 'alias' | 'cte' | 'subquery' | 'model' | 'view';
      name: string;
    };
    UseOutput: {
      name?: string;
      /** @enum {string} */
      as: 'unchanged' | 'expression' | 'filter';
    };
    Finding: {
      reason: string;
      /** @enum {string} */
      severity: 'info' | 'warning' | 'error';
      route: string;
      message: string;
      place?: components['schemas']['Place'];
      field?: string;
      question?: {
        text: string;
        options: {
          label: string;
          is: string;
        }[];
        guide?: string;
      };
    };
    PrintableTable: {
      columns: string[];
      rows: (string | null)[][];
    };
    Counterexample: {
      inputs: {
        [key: string]: components['schemas']['PrintableTable'];
      };
      old: components['schemas']['PrintableTable'];
      new: components['schemas']['PrintableTable'];
    };
    EquivalenceCase: {
      path: string;
      label: string;
      verdict: string;
      reason?: string;
      message?: string;
      inputRows: {
        [key: string]: number;
      };
      outputRows: number;
      counterexample?: components['schemas']['Counterexample'];
    };
    EquivalenceProof: {
      mappingVersion: number;
      seed: number;
      cases: components['schemas']['EquivalenceCase'][];
      mutants: {
        generated: number;
        killed: number;
        equivalent?: number;
        survivors?: string[];
      };
      coverage?: {
        outputRows: number;
        branches: {
          found: number;
          hit: number;
        };
        missed: {
          path: string;
          label: string;
          condition: string;
          /** @enum {string} */
          never: 'true' | 'false';
        }[];
      };
      opaqueFunctions: string[];
      errorsNotCompared: boolean;
    };
    Evidence: {
      verifier: string;
      rung?: string;
      /** @enum {string} */
      verdict: 'passed' | 'failed' | 'inconclusive' | 'not-run';
      reason?: string;
      summary: string;
      paths: string[];
      proof?: components['schemas']['EquivalenceProof'];
    };
    ChangedFile: {
      path: string;
      added: number;
      removed: number;
      /** @description Unified diff of this file */
      diff: string;
    };
    Change: {
      id: string;
      number: number;
      runId: string;
      digest: string;
      baseCommit: string;
      files: components['schemas']['ChangedFile'][];
      uses: components['schemas']['DatasetUse'][];
      findings: components['schemas']['Finding'][];
      evidence: components['schemas']['Evidence'][];
      rung?: string;
      mappingVersion: number;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      createdAt: number;
    };
    Approval: {
      decidedBy: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      decidedAt: number;
      digest: string;
      note?: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      voidedAt?: number;
      voidedReason?: string;
    };
    FieldAnswer: {
      field: string;
      path?: string;
      answer: {
        /** @enum {string} */
        kind: 'expression' | 'null' | 'drop' | 'leave';
        is?: string;
      };
    };
    Run: {
      id: string;
      targetId: string;
      kind: string;
      state: string;
      attempt: number;
      maxAttempts: number;
      /** @description Scaffolder task */
      taskId?: string;
      message?: string;
      failure?: {
        signature: string;
        message: string;
        retryable: boolean;
      };
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      createdAt: number;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      startedAt?: number;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      endedAt?: number;
    };
    TargetDetail: {
      target: components['schemas']['Target'];
      change?: components['schemas']['Change'];
      approval?: components['schemas']['Approval'];
      answers: components['schemas']['FieldAnswer'][];
      runs: components['schemas']['Run'][];
      allowed: {
        approve: boolean;
        /** @description Who may, when not */
        reason?: string;
      };
    };
    TargetActionRequest: {
      /** @description approve: the digest of the change that was looked at */
      digest?: string;
      note?: string;
      reason?: string;
      answers?: components['schemas']['FieldAnswer'][];
    };
    LogPage: {
      lines: {
        sequence: number;
        attempt: number;
        /**
         * Format: int64
         * @description UTC epoch milliseconds
         */
        at: number;
        line: string;
      }[];
      nextSequence: number;
      ended: boolean;
    };
    Activity: {
      id: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      at: number;
      actor: string;
      kind: string;
      message: string;
      targetId?: string;
    };
    ActivityPage: {
      items: components['schemas']['Activity'][];
      totalItems: number;
      nextCursor?: string;
    };
    PendingMigration: {
      dataset: string;
      currentVersion: string;
      targetVersion: string;
      source: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      firstSeenAt: number;
      /** @description The draft prepared for it */
      migrationId?: string;
      problem?: string;
    };
    DatasetOverview: {
      dataset: string;
      title?: string;
      consumersKnown: number;
      consumersTruncated: boolean;
      planUrl?: string;
      pending?: components['schemas']['PendingMigration'];
      migration?: components['schemas']['Migration'];
    };
    Campaign: {
      id: string;
      name: string;
      title: string;
      state: string;
      outcome?: string;
      createdBy: string;
      /**
       * Format: int64
       * @description UTC epoch milliseconds
       */
      createdAt: number;
      datasets: string[];
      progress: components['schemas']['Progress'];
      migrations: components['schemas']['Migration'][];
      problems: {
        dataset: string;
        message: string;
      }[];
    };
    CampaignPage: {
      items: components['schemas']['Campaign'][];
      totalItems: number;
      nextCursor?: string;
    };
    CreateCampaign: {
      /** @description A DNS label */
      name: string;
      title: string;
      datasets?: string[];
      /** @description Catalog filter predicate that chooses datasets */
      filter?: {
        [key: string]: unknown;
      };
    };
    CampaignCandidates: {
      items: {
        dataset: string;
        title?: string;
        currentVersion?: string;
        targetVersion?: string;
        planUrl?: string;
        migrationId?: string;
      }[];
      truncated: boolean;
    };
    RunReport: {
      attempt: number;
      token: number;
      reportId: string;
      /** @enum {string} */
      kind: 'heartbeat' | 'progress' | 'log' | 'result';
      message?: string;
      lines?: string[];
      /** @description A RunResult, see docs/report-api.md */
      result?: {
        [key: string]: unknown;
      };
    };
    ReportReceipt: {
      /** @description false: this report id was seen before; nothing changed */
      accepted: boolean;
    };
    AttachRequest: {
      attempt: number;
      taskId: string;
    };
    AttachResult: {
      /** @description false: another task was first; this one is superseded */
      attached: boolean;
      run: components['schemas']['Run'];
    };
    Error: {
      error: {
        name: string;
        message: string;
      };
      response?: {
        statusCode: number;
      };
    };
    PendingList: {
      items: components['schemas']['PendingMigration'][];
    };
    CandidateFilter: {
      filter?: {
        [key: string]: unknown;
      };
      text?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listPending: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingList'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  scanPending: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingList'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getDatasetOverview: {
    parameters: {
      query: {
        dataset: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DatasetOverview'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  checkPlan: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateMigration'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlanCheck'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  listMigrations: {
    parameters: {
      query?: {
        dataset?: string;
        state?: string[];
        campaignId?: string;
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MigrationPage'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  createMigration: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateMigration'];
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Migration'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getMigration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Migration'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getPlan: {
    parameters: {
      query?: {
        version?: number;
      };
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  updatePlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanSource'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  previewMigrationAction: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        migrationId: string;
        action: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActionEffect'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  actOnMigration: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        migrationId: string;
        action: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ActionRequest'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActionResult'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  listTargets: {
    parameters: {
      query?: {
        state?: string[];
        outcome?: string[];
        blocked?: string[];
        framework?: string[];
        owner?: string[];
        proof?: string[];
        text?: string;
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TargetPage'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getRollout: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Rollout'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  listActivity: {
    parameters: {
      query?: {
        targetId?: string;
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path: {
        migrationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityPage'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        targetId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TargetDetail'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  actOnTarget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        targetId: string;
        action: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TargetActionRequest'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TargetDetail'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Run'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  readRunLog: {
    parameters: {
      query?: {
        after?: number;
        limit?: number;
      };
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LogPage'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  attachRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AttachRequest'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AttachResult'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getRunSource: {
    parameters: {
      query?: never;
      header: {
        'X-Run-Attempt': number;
        'X-Run-Token': number;
      };
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A self-contained git pack; header X-Source-Commit names the commit */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/x-git-pack': string;
        };
      };
      /** @description The repository is empty */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  reportRun: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        runId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RunReport'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReportReceipt'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  listCampaigns: {
    parameters: {
      query?: {
        cursor?: string;
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignPage'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  createCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateCampaign'];
      };
    };
    responses: {
      /** @description Done */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  getCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        campaignId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  actOnCampaign: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        campaignId: string;
        action: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ActionRequest'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Campaign'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
  listCampaignCandidates: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CandidateFilter'];
      };
    };
    responses: {
      /** @description Done */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CampaignCandidates'];
        };
      };
      /** @description An error */
      default: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Error'];
        };
      };
    };
  };
}
