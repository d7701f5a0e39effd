// Generated from openapi.yaml by `yarn generate:api`. Do not edit.

import { Router } from 'express';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { ApiCall, route } from '../router/route';

type operations = Api.operations;

/** What the backend has to answer, a method for each operation. */
export interface ApiHandlers {
  /** GET /pending: Datasets with a pending migration, as the scan found them. */
  listPending(
    call: ApiCall<{}>,
  ): Promise<
    operations['listPending']['responses'][200]['content']['application/json']
  >;

  /** POST /pending/scan: Runs the scan now. */
  scanPending(
    call: ApiCall<{}>,
  ): Promise<
    operations['scanPending']['responses'][200]['content']['application/json']
  >;

  /** GET /dataset-overview: What the Migration tab of a dataset starts with. */
  getDatasetOverview(
    call: ApiCall<{
      query: operations['getDatasetOverview']['parameters']['query'];
    }>,
  ): Promise<
    operations['getDatasetOverview']['responses'][200]['content']['application/json']
  >;

  /** POST /plan-checks: Checks a plan and changes nothing. */
  checkPlan(
    call: ApiCall<{
      body: operations['checkPlan']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['checkPlan']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations: Migrations, newest first. */
  listMigrations(
    call: ApiCall<{
      query?: operations['listMigrations']['parameters']['query'];
    }>,
  ): Promise<
    operations['listMigrations']['responses'][200]['content']['application/json']
  >;

  /** POST /migrations: Makes a draft; a plan with errors makes a draft that cannot start. */
  createMigration(
    call: ApiCall<{
      body: operations['createMigration']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['createMigration']['responses'][201]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}: One migration. */
  getMigration(
    call: ApiCall<{ path: operations['getMigration']['parameters']['path'] }>,
  ): Promise<
    operations['getMigration']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}/plan: The plan text a migration runs with, and its mapping. */
  getPlan(
    call: ApiCall<{
      path: operations['getPlan']['parameters']['path'];
      query?: operations['getPlan']['parameters']['query'];
    }>,
  ): Promise<
    operations['getPlan']['responses'][200]['content']['application/json']
  >;

  /** PUT /migrations/{migrationId}/plan: A new plan version; voids approvals of targets whose slice changed. */
  updatePlan(
    call: ApiCall<{
      path: operations['updatePlan']['parameters']['path'];
      body: operations['updatePlan']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['updatePlan']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}/effects/{action}: What an action would do, in numbers. */
  previewMigrationAction(
    call: ApiCall<{
      path: operations['previewMigrationAction']['parameters']['path'];
    }>,
  ): Promise<
    operations['previewMigrationAction']['responses'][200]['content']['application/json']
  >;

  /** POST /migrations/{migrationId}/actions/{action}: start, simulate, publish, pause, resume, cancel, discard, roll-back or end-incomplete. */
  actOnMigration(
    call: ApiCall<{
      path: operations['actOnMigration']['parameters']['path'];
      body: operations['actOnMigration']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['actOnMigration']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}/targets: Targets of a migration. */
  listTargets(
    call: ApiCall<{
      path: operations['listTargets']['parameters']['path'];
      query?: operations['listTargets']['parameters']['query'];
    }>,
  ): Promise<
    operations['listTargets']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}/rollout: The waves of a migration, their health and errors, and when the next one opens. */
  getRollout(
    call: ApiCall<{ path: operations['getRollout']['parameters']['path'] }>,
  ): Promise<
    operations['getRollout']['responses'][200]['content']['application/json']
  >;

  /** GET /migrations/{migrationId}/activity: Who did what, when and why, newest first. */
  listActivity(
    call: ApiCall<{
      path: operations['listActivity']['parameters']['path'];
      query?: operations['listActivity']['parameters']['query'];
    }>,
  ): Promise<
    operations['listActivity']['responses'][200]['content']['application/json']
  >;

  /** GET /targets/{targetId}: A target with its change, evidence and runs. */
  getTarget(
    call: ApiCall<{ path: operations['getTarget']['parameters']['path'] }>,
  ): Promise<
    operations['getTarget']['responses'][200]['content']['application/json']
  >;

  /** POST /targets/{targetId}/actions/{action}: approve, ask-for-changes, answer, skip, retry, simulate or roll-back. */
  actOnTarget(
    call: ApiCall<{
      path: operations['actOnTarget']['parameters']['path'];
      body: operations['actOnTarget']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['actOnTarget']['responses'][200]['content']['application/json']
  >;

  /** GET /runs/{runId}: One run. */
  getRun(
    call: ApiCall<{ path: operations['getRun']['parameters']['path'] }>,
  ): Promise<
    operations['getRun']['responses'][200]['content']['application/json']
  >;

  /** GET /runs/{runId}/log: Log lines after a sequence number. */
  readRunLog(
    call: ApiCall<{
      path: operations['readRunLog']['parameters']['path'];
      query?: operations['readRunLog']['parameters']['query'];
    }>,
  ): Promise<
    operations['readRunLog']['responses'][200]['content']['application/json']
  >;

  /** POST /runs/{runId}/attach: A scaffolder task takes an attempt; the first wins. For service credentials. */
  attachRun(
    call: ApiCall<{
      path: operations['attachRun']['parameters']['path'];
      body: operations['attachRun']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['attachRun']['responses'][200]['content']['application/json']
  >;

  /** GET /runs/{runId}/source: One commit as a git pack, for the attempt's credential. */
  getRunSource(
    call: ApiCall<{ path: operations['getRunSource']['parameters']['path'] }>,
  ): Promise<void>;

  /** POST /runs/{runId}/reports: Progress, log or result of an attempt, for the attempt's credential. */
  reportRun(
    call: ApiCall<{
      path: operations['reportRun']['parameters']['path'];
      body: operations['reportRun']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['reportRun']['responses'][200]['content']['application/json']
  >;

  /** GET /campaigns: Campaigns, newest first. */
  listCampaigns(
    call: ApiCall<{
      query?: operations['listCampaigns']['parameters']['query'];
    }>,
  ): Promise<
    operations['listCampaigns']['responses'][200]['content']['application/json']
  >;

  /** POST /campaigns: A migration for each chosen dataset that has a valid plan; others are listed as problems. */
  createCampaign(
    call: ApiCall<{
      body: operations['createCampaign']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['createCampaign']['responses'][201]['content']['application/json']
  >;

  /** GET /campaigns/{campaignId}: One campaign. */
  getCampaign(
    call: ApiCall<{ path: operations['getCampaign']['parameters']['path'] }>,
  ): Promise<
    operations['getCampaign']['responses'][200]['content']['application/json']
  >;

  /** POST /campaigns/{campaignId}/actions/{action}: launch, pause, resume, cancel or roll-back. */
  actOnCampaign(
    call: ApiCall<{
      path: operations['actOnCampaign']['parameters']['path'];
      body: operations['actOnCampaign']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['actOnCampaign']['responses'][200]['content']['application/json']
  >;

  /** POST /campaign-candidates: Datasets that a filter chooses. */
  listCampaignCandidates(
    call: ApiCall<{
      body: operations['listCampaignCandidates']['requestBody']['content']['application/json'];
    }>,
  ): Promise<
    operations['listCampaignCandidates']['responses'][200]['content']['application/json']
  >;
}

/** Adds every operation of the description to a router. */
export function addGeneratedRoutes(
  router: Router,
  handlers: ApiHandlers,
): void {
  route(
    router,
    'get',
    '/pending',
    200,
    (call: Parameters<ApiHandlers['listPending']>[0]) =>
      handlers.listPending(call),
  );
  route(
    router,
    'post',
    '/pending/scan',
    200,
    (call: Parameters<ApiHandlers['scanPending']>[0]) =>
      handlers.scanPending(call),
  );
  route(
    router,
    'get',
    '/dataset-overview',
    200,
    (call: Parameters<ApiHandlers['getDatasetOverview']>[0]) =>
      handlers.getDatasetOverview(call),
  );
  route(
    router,
    'post',
    '/plan-checks',
    200,
    (call: Parameters<ApiHandlers['checkPlan']>[0]) => handlers.checkPlan(call),
  );
  route(
    router,
    'get',
    '/migrations',
    200,
    (call: Parameters<ApiHandlers['listMigrations']>[0]) =>
      handlers.listMigrations(call),
  );
  route(
    router,
    'post',
    '/migrations',
    201,
    (call: Parameters<ApiHandlers['createMigration']>[0]) =>
      handlers.createMigration(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId',
    200,
    (call: Parameters<ApiHandlers['getMigration']>[0]) =>
      handlers.getMigration(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId/plan',
    200,
    (call: Parameters<ApiHandlers['getPlan']>[0]) => handlers.getPlan(call),
  );
  route(
    router,
    'put',
    '/migrations/:migrationId/plan',
    200,
    (call: Parameters<ApiHandlers['updatePlan']>[0]) =>
      handlers.updatePlan(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId/effects/:action',
    200,
    (call: Parameters<ApiHandlers['previewMigrationAction']>[0]) =>
      handlers.previewMigrationAction(call),
  );
  route(
    router,
    'post',
    '/migrations/:migrationId/actions/:action',
    200,
    (call: Parameters<ApiHandlers['actOnMigration']>[0]) =>
      handlers.actOnMigration(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId/targets',
    200,
    (call: Parameters<ApiHandlers['listTargets']>[0]) =>
      handlers.listTargets(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId/rollout',
    200,
    (call: Parameters<ApiHandlers['getRollout']>[0]) =>
      handlers.getRollout(call),
  );
  route(
    router,
    'get',
    '/migrations/:migrationId/activity',
    200,
    (call: Parameters<ApiHandlers['listActivity']>[0]) =>
      handlers.listActivity(call),
  );
  route(
    router,
    'get',
    '/targets/:targetId',
    200,
    (call: Parameters<ApiHandlers['getTarget']>[0]) => handlers.getTarget(call),
  );
  route(
    router,
    'post',
    '/targets/:targetId/actions/:action',
    200,
    (call: Parameters<ApiHandlers['actOnTarget']>[0]) =>
      handlers.actOnTarget(call),
  );
  route(
    router,
    'get',
    '/runs/:runId',
    200,
    (call: Parameters<ApiHandlers['getRun']>[0]) => handlers.getRun(call),
  );
  route(
    router,
    'get',
    '/runs/:runId/log',
    200,
    (call: Parameters<ApiHandlers['readRunLog']>[0]) =>
      handlers.readRunLog(call),
  );
  route(
    router,
    'post',
    '/runs/:runId/attach',
    200,
    (call: Parameters<ApiHandlers['attachRun']>[0]) => handlers.attachRun(call),
  );
  route(
    router,
    'get',
    '/runs/:runId/source',
    200,
    (call: Parameters<ApiHandlers['getRunSource']>[0]) =>
      handlers.getRunSource(call),
  );
  route(
    router,
    'post',
    '/runs/:runId/reports',
    200,
    (call: Parameters<ApiHandlers['reportRun']>[0]) => handlers.reportRun(call),
  );
  route(
    router,
    'get',
    '/campaigns',
    200,
    (call: Parameters<ApiHandlers['listCampaigns']>[0]) =>
      handlers.listCampaigns(call),
  );
  route(
    router,
    'post',
    '/campaigns',
    201,
    (call: Parameters<ApiHandlers['createCampaign']>[0]) =>
      handlers.createCampaign(call),
  );
  route(
    router,
    'get',
    '/campaigns/:campaignId',
    200,
    (call: Parameters<ApiHandlers['getCampaign']>[0]) =>
      handlers.getCampaign(call),
  );
  route(
    router,
    'post',
    '/campaigns/:campaignId/actions/:action',
    200,
    (call: Parameters<ApiHandlers['actOnCampaign']>[0]) =>
      handlers.actOnCampaign(call),
  );
  route(
    router,
    'post',
    '/campaign-candidates',
    200,
    (call: Parameters<ApiHandlers['listCampaignCandidates']>[0]) =>
      handlers.listCampaignCandidates(call),
  );
}
