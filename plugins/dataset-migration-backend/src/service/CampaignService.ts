import { randomUUID } from 'node:crypto';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import {
  Api,
  CURRENT_VERSION_ANNOTATION,
  MigrationEvent,
  MigrationPosition,
  TARGET_VERSION_ANNOTATION,
  transitionMigration,
} from 'backstage-plugin-dataset-migration-common';
import { CampaignRecord, MigrationRecord } from '../database/records';
import { Stores } from '../database/stores';
import { CatalogReader } from '../discovery/CatalogReader';
import { hasError } from '../plans/PlanService';
import { ActionOptions, MigrationActions } from './MigrationActions';
import { MigrationService } from './MigrationService';
import { MigrationViews, progressOf } from './MigrationViews';

const CANDIDATE_LIMIT = 500;

const EVENTS: Record<string, MigrationEvent | undefined> = {
  launch: 'start',
  pause: 'pause',
  resume: 'resume',
  cancel: 'cancel',
  'roll-back': 'roll-back',
};

export interface CampaignServiceOptions {
  stores: Stores;
  catalog: CatalogReader;
  migrations: MigrationService;
  actions: MigrationActions;
  views: MigrationViews;
  planUrl: (dataset: Entity) => string | undefined;
}

/** Sets of migrations that an admin starts, watches and stops as one. */
export class CampaignService {
  readonly #options: CampaignServiceOptions;

  constructor(options: CampaignServiceOptions) {
    this.#options = options;
  }

  /** Datasets that a catalog filter or a text chooses. */
  async candidates(
    filter: Api.CandidateFilter,
  ): Promise<Api.CampaignCandidates> {
    const entities = await this.#select(filter.filter);
    const text = filter.text?.toLocaleLowerCase('en-US');
    const items: Api.CampaignCandidates['items'] = [];
    for (const entity of entities) {
      const dataset = stringifyEntityRef(entity);
      const title = entity.metadata.title;
      if (text && !`${dataset} ${title ?? ''}`.toLowerCase().includes(text)) {
        continue;
      }
      const annotations = entity.metadata.annotations ?? {};
      items.push({
        dataset,
        title,
        currentVersion: annotations[CURRENT_VERSION_ANNOTATION],
        targetVersion: annotations[TARGET_VERSION_ANNOTATION],
        planUrl: this.#options.planUrl(entity),
        migrationId: (await this.#options.migrations.current(dataset))?.id,
      });
    }
    return { items, truncated: entities.length >= CANDIDATE_LIMIT };
  }

  async create(
    request: Api.CreateCampaign,
    createdBy: string,
  ): Promise<Api.Campaign> {
    const datasets = request.datasets?.length
      ? request.datasets
      : (await this.#select(request.filter)).map(each =>
          stringifyEntityRef(each),
        );
    if (datasets.length === 0) {
      throw new InputError('Choose at least one dataset.');
    }
    const now = Date.now();
    const campaign: CampaignRecord = {
      id: randomUUID(),
      name: request.name,
      title: request.title,
      state: 'draft',
      createdBy,
      createdAt: now,
      updatedAt: now,
      datasets: [...new Set(datasets)],
    };
    await this.#options.stores.campaigns.create(campaign);
    return this.view(campaign);
  }

  async view(campaign: CampaignRecord): Promise<Api.Campaign> {
    const migrations = await this.#migrationsOf(campaign);
    const views = await this.#options.views.viewAll(
      migrations.map(each => each.migration),
    );
    const known = new Set(migrations.map(each => each.migration.dataset));
    return {
      id: campaign.id,
      name: campaign.name,
      title: campaign.title,
      state: campaign.state,
      outcome: campaign.outcome,
      createdBy: campaign.createdBy,
      createdAt: campaign.createdAt,
      datasets: campaign.datasets,
      progress: progressOf(
        campaign,
        views.flatMap(each => each.progress.counts),
      ),
      migrations: views,
      problems: [
        ...views
          .filter(each => each.planErrors > 0)
          .map(each => ({
            dataset: each.dataset,
            message: `Its plan has ${each.planErrors} errors.`,
          })),
        ...(campaign.state === 'draft'
          ? []
          : campaign.datasets
              .filter(each => !known.has(each))
              .map(dataset => ({
                dataset,
                message: 'No migration could be prepared for it.',
              }))),
      ],
    };
  }

  async act(
    campaign: CampaignRecord,
    action: string,
    options: ActionOptions,
  ): Promise<Api.Campaign> {
    const event = EVENTS[action];
    if (!event) {
      throw new InputError(
        `"${action}" is not an action. Known are ${Object.keys(EVENTS).join(
          ', ',
        )}.`,
      );
    }
    const next = transitionMigration(
      { state: campaign.state, outcome: campaign.outcome } as MigrationPosition,
      event,
      { reason: options.reason },
    );
    if (event === 'start') await this.#prepare(campaign, options.actor);
    const changed = await this.#options.stores.campaigns.changeState(
      campaign.id,
      campaign.state,
      next,
    );
    if (!changed) {
      throw new ConflictError('The campaign was changed by somebody else.');
    }
    for (const { migration } of await this.#migrationsOf(campaign)) {
      await this.#actOnMigration(migration, event, options);
    }
    return this.view(await this.#options.stores.campaigns.get(campaign.id));
  }

  /** A draft for each dataset that has none; what fails is listed as a problem. */
  async #prepare(campaign: CampaignRecord, actor: string): Promise<void> {
    const { items } = await this.#options.catalog.getEntitiesByRefs({
      entityRefs: campaign.datasets,
    });
    for (const entity of items) {
      if (!entity || !this.#options.planUrl(entity)) continue;
      const dataset = stringifyEntityRef(entity);
      if (await this.#options.migrations.current(dataset)) continue;
      await this.#options.migrations.create(
        entity,
        { from: 'annotation' },
        actor,
        campaign.id,
      );
    }
  }

  async #actOnMigration(
    migration: MigrationRecord,
    event: MigrationEvent,
    options: ActionOptions,
  ): Promise<void> {
    const { actions, stores } = this.#options;
    const plan = await stores.migrations.getPlan(migration.id);
    if (event === 'start') {
      if (migration.state !== 'draft' || hasError(plan.problems)) return;
      await actions.act(migration, 'start', options);
      const started = await stores.migrations.get(migration.id);
      await actions.act(started, 'simulate', options);
      return;
    }
    const applies: Record<string, string[]> = {
      pause: ['active'],
      resume: ['paused', 'halted'],
      cancel: ['active', 'paused', 'halted'],
      'roll-back': ['active', 'paused', 'halted'],
    };
    if (applies[event]?.includes(migration.state)) {
      await actions.act(migration, event as 'pause', options);
    }
  }

  async #migrationsOf(campaign: CampaignRecord) {
    const found: Array<{ migration: MigrationRecord }> = [];
    for (const dataset of campaign.datasets) {
      const migration = await this.#options.migrations.latest(dataset);
      if (migration) found.push({ migration });
    }
    return found;
  }

  async #select(filter?: object): Promise<Entity[]> {
    const datasets = { kind: 'Resource', 'spec.type': 'dataset' };
    const { items } = await this.#options.catalog.queryEntities({
      query: (filter ? { $all: [datasets, filter] } : datasets) as never,
      limit: CANDIDATE_LIMIT,
    });
    return items;
  }
}
