// Generated from openapi.yaml by `yarn generate:api`. Do not edit.

import { ApiCallOptions, ApiTransport } from '../api/ApiTransport';
import { operations } from './schema';

/** One method for each operation of the plugin's API; throws ResponseError on a refusal. */
export class DatasetMigrationApiClient {
  readonly #transport: ApiTransport;

  constructor(transport: ApiTransport) {
    this.#transport = transport;
  }

  /** Datasets with a pending migration, as the scan found them. */
  async listPending(
    request: {},
    options?: ApiCallOptions,
  ): Promise<
    operations['listPending']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/pending', request, options);
  }

  /** Runs the scan now. */
  async scanPending(
    request: {},
    options?: ApiCallOptions,
  ): Promise<
    operations['scanPending']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('POST', '/pending/scan', request, options);
  }

  /** What the Migration tab of a dataset starts with. */
  async getDatasetOverview(
    request: { query: operations['getDatasetOverview']['parameters']['query'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getDatasetOverview']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/dataset-overview', request, options);
  }

  /** Checks a plan and changes nothing. */
  async checkPlan(
    request: {
      body: operations['checkPlan']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['checkPlan']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('POST', '/plan-checks', request, options);
  }

  /** Migrations, newest first. */
  async listMigrations(
    request: { query?: operations['listMigrations']['parameters']['query'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['listMigrations']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/migrations', request, options);
  }

  /** Makes a draft; a plan with errors makes a draft that cannot start. */
  async createMigration(
    request: {
      body: operations['createMigration']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['createMigration']['responses'][201]['content']['application/json']
  > {
    return this.#transport.send('POST', '/migrations', request, options);
  }

  /** One migration. */
  async getMigration(
    request: { path: operations['getMigration']['parameters']['path'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getMigration']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}',
      request,
      options,
    );
  }

  /** The plan text a migration runs with, and its mapping. */
  async getPlan(
    request: {
      path: operations['getPlan']['parameters']['path'];
      query?: operations['getPlan']['parameters']['query'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['getPlan']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}/plan',
      request,
      options,
    );
  }

  /** A new plan version; voids approvals of targets whose slice changed. */
  async updatePlan(
    request: {
      path: operations['updatePlan']['parameters']['path'];
      body: operations['updatePlan']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['updatePlan']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'PUT',
      '/migrations/{migrationId}/plan',
      request,
      options,
    );
  }

  /** What an action would do, in numbers. */
  async previewMigrationAction(
    request: {
      path: operations['previewMigrationAction']['parameters']['path'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['previewMigrationAction']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}/effects/{action}',
      request,
      options,
    );
  }

  /** start, simulate, publish, pause, resume, cancel, discard, roll-back or end-incomplete. */
  async actOnMigration(
    request: {
      path: operations['actOnMigration']['parameters']['path'];
      body: operations['actOnMigration']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['actOnMigration']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/migrations/{migrationId}/actions/{action}',
      request,
      options,
    );
  }

  /** Targets of a migration. */
  async listTargets(
    request: {
      path: operations['listTargets']['parameters']['path'];
      query?: operations['listTargets']['parameters']['query'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['listTargets']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}/targets',
      request,
      options,
    );
  }

  /** The waves of a migration, their health and errors, and when the next one opens. */
  async getRollout(
    request: { path: operations['getRollout']['parameters']['path'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getRollout']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}/rollout',
      request,
      options,
    );
  }

  /** Who did what, when and why, newest first. */
  async listActivity(
    request: {
      path: operations['listActivity']['parameters']['path'];
      query?: operations['listActivity']['parameters']['query'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['listActivity']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/migrations/{migrationId}/activity',
      request,
      options,
    );
  }

  /** A target with its change, evidence and runs. */
  async getTarget(
    request: { path: operations['getTarget']['parameters']['path'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getTarget']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/targets/{targetId}', request, options);
  }

  /** approve, ask-for-changes, answer, skip, retry, simulate or roll-back. */
  async actOnTarget(
    request: {
      path: operations['actOnTarget']['parameters']['path'];
      body: operations['actOnTarget']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['actOnTarget']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/targets/{targetId}/actions/{action}',
      request,
      options,
    );
  }

  /** One run. */
  async getRun(
    request: { path: operations['getRun']['parameters']['path'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getRun']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/runs/{runId}', request, options);
  }

  /** Log lines after a sequence number. */
  async readRunLog(
    request: {
      path: operations['readRunLog']['parameters']['path'];
      query?: operations['readRunLog']['parameters']['query'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['readRunLog']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/runs/{runId}/log', request, options);
  }

  /** A scaffolder task takes an attempt; the first wins. For service credentials. */
  async attachRun(
    request: {
      path: operations['attachRun']['parameters']['path'];
      body: operations['attachRun']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['attachRun']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/runs/{runId}/attach',
      request,
      options,
    );
  }

  /** Progress, log or result of an attempt, for the attempt's credential. */
  async reportRun(
    request: {
      path: operations['reportRun']['parameters']['path'];
      body: operations['reportRun']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['reportRun']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/runs/{runId}/reports',
      request,
      options,
    );
  }

  /** Campaigns, newest first. */
  async listCampaigns(
    request: { query?: operations['listCampaigns']['parameters']['query'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['listCampaigns']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send('GET', '/campaigns', request, options);
  }

  /** A migration for each chosen dataset that has a valid plan; others are listed as problems. */
  async createCampaign(
    request: {
      body: operations['createCampaign']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['createCampaign']['responses'][201]['content']['application/json']
  > {
    return this.#transport.send('POST', '/campaigns', request, options);
  }

  /** One campaign. */
  async getCampaign(
    request: { path: operations['getCampaign']['parameters']['path'] },
    options?: ApiCallOptions,
  ): Promise<
    operations['getCampaign']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'GET',
      '/campaigns/{campaignId}',
      request,
      options,
    );
  }

  /** launch, pause, resume, cancel or roll-back. */
  async actOnCampaign(
    request: {
      path: operations['actOnCampaign']['parameters']['path'];
      body: operations['actOnCampaign']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['actOnCampaign']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/campaigns/{campaignId}/actions/{action}',
      request,
      options,
    );
  }

  /** Datasets that a filter chooses. */
  async listCampaignCandidates(
    request: {
      body: operations['listCampaignCandidates']['requestBody']['content']['application/json'];
    },
    options?: ApiCallOptions,
  ): Promise<
    operations['listCampaignCandidates']['responses'][200]['content']['application/json']
  > {
    return this.#transport.send(
      'POST',
      '/campaign-candidates',
      request,
      options,
    );
  }
}
