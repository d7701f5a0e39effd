import { DatasetMigrationApiClient } from 'backstage-plugin-dataset-migration-common';

/** What the screens need of the plugin's API; the generated client implements it. */
export type DatasetMigrationApi = Pick<
  DatasetMigrationApiClient,
  | 'listPending'
  | 'scanPending'
  | 'getDatasetOverview'
  | 'checkPlan'
  | 'listMigrations'
  | 'createMigration'
  | 'getMigration'
  | 'getPlan'
  | 'updatePlan'
  | 'previewMigrationAction'
  | 'actOnMigration'
  | 'listTargets'
  | 'listActivity'
  | 'getRollout'
  | 'getTarget'
  | 'actOnTarget'
  | 'getRun'
  | 'readRunLog'
  | 'listCampaigns'
  | 'createCampaign'
  | 'getCampaign'
  | 'actOnCampaign'
  | 'listCampaignCandidates'
>;
