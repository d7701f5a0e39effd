import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { Stores } from '../database/stores';
import { SourceProvider } from '../domain/services';
import { ReportService, RunLauncher } from '../orchestration';
import { PendingScan } from '../plans/PendingScan';
import { PlanService } from '../plans/PlanService';
import { AccessControl } from '../service/AccessControl';
import { CampaignService } from '../service/CampaignService';
import { MigrationActions } from '../service/MigrationActions';
import { MigrationService } from '../service/MigrationService';
import { MigrationViews } from '../service/MigrationViews';
import { TargetDecisions } from '../service/TargetDecisions';
import { RolloutReader } from '../waves';

/** Looks datasets and their consumers up with the credentials of who asks. */
export interface DatasetLookup {
  /** @throws NotFoundError, InputError when it is no dataset. */
  get(ref: string, credentials: BackstageCredentials): Promise<Entity>;
  countConsumers(
    ref: string,
    credentials: BackstageCredentials,
  ): Promise<{ consumers: number; truncated: boolean }>;
}

/** What the handlers of the API call. */
export interface HandlerDependencies {
  access: AccessControl;
  auditor: AuditorService;
  stores: Stores;
  migrations: MigrationService;
  actions: MigrationActions;
  decisions: TargetDecisions;
  campaigns: CampaignService;
  views: MigrationViews;
  rollouts: RolloutReader;
  plans: PlanService;
  pending: PendingScan;
  datasets: DatasetLookup;
  launcher: RunLauncher;
  reports: ReportService;
  sources: SourceProvider;
  /** Address of a `host/owner/name` for people. */
  repositoryUrl: (repository: string) => string | undefined;
}
