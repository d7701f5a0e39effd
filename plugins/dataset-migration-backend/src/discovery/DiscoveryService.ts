import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  CRITICALITY_ANNOTATION,
  DatasetMapping,
  MigrationPlan,
  parseCriticality,
} from 'backstage-plugin-dataset-migration-common';
import {
  DiscoveredConsumer,
  DiscoverySource,
} from 'backstage-plugin-dataset-migration-node';
import { MigrationRecord, TargetRecord } from '../database/records';
import { ChangeStore, RolloutStore, TargetStore } from '../database/stores';
import { repositoryKey } from '../domain/repositoryKey';
import { TargetEvents } from '../domain/services';
import { assignFiles } from './assignFiles';
import { CatalogReader } from './CatalogReader';
import { FoundTargets } from './FoundTargets';
import {
  DEFAULT_RELATIONS,
  RelationConfig,
  resolveRelations,
} from './relations';
import { readLineage } from './readLineage';
import { refreshCriticality } from './refreshCriticality';
import { ownerOf, resolveConsumer } from './resolveConsumer';
import { rescopeTargets } from './rescopeTargets';
import { revisitUnresolved } from './revisitUnresolved';
import {
  CONSUMER_FIELDS,
  WalkedConsumer,
  walkConsumers,
} from './walkConsumers';

/** Asks the forge about one repository, before anything is planned for it. */
export interface RepositoryInspector {
  /** Undefined when changes can be proposed; otherwise why not. */
  whyNot(
    repository: string,
    signal: AbortSignal,
  ): Promise<{ reason: string; message: string } | undefined>;
}

export interface DiscoveryOptions {
  catalog: CatalogReader;
  integrations: ScmIntegrationRegistry;
  targets: TargetStore;
  rollouts: Pick<RolloutStore, 'replaceLineage'>;
  changes: Pick<ChangeStore, 'get' | 'voidApprovals'>;
  moves: Pick<TargetEvents, 'apply'>;
  sources: DiscoverySource[];
  inspector: RepositoryInspector;
  relations: RelationConfig[];
  maxConsumers: number;
  logger: LoggerService;
}

/** What a discovery found, for the activity. */
export interface DiscoverySummary {
  found: number;
  added: number;
  unresolved: number;
  truncated: boolean;
  problems: string[];
}

/** Finds the consumers of a dataset and keeps them as targets; none is dropped. */
export class DiscoveryService {
  readonly #options: DiscoveryOptions;

  constructor(options: DiscoveryOptions) {
    this.#options = options;
  }

  async discover(
    migration: MigrationRecord,
    plan: MigrationPlan,
    mapping: DatasetMapping,
    signal: AbortSignal,
  ): Promise<DiscoverySummary> {
    const found = new FoundTargets();
    const truncated = await this.#fromCatalog(migration, plan, found, signal);
    const problems = await this.#fromSources(
      migration,
      plan,
      mapping,
      found,
      signal,
    );
    await this.#inspect(found.all, signal);
    const targets = assignFiles(found.all);
    const others = await revisitUnresolved(
      this.#options,
      migration.id,
      targets,
    );
    const added = await this.#options.targets.insertDiscovered(others);
    await rescopeTargets(this.#options, others);
    await refreshCriticality(this.#options.targets, migration.id, targets);
    await this.#readLineage(migration, plan, targets, signal);
    return {
      found: targets.length,
      added: added.length,
      unresolved: targets.filter(each => each.state === 'unresolved').length,
      truncated,
      problems,
    };
  }

  /** Who among the targets reads what another one writes: producers go first. */
  async #readLineage(
    migration: MigrationRecord,
    plan: MigrationPlan,
    targets: TargetRecord[],
    signal: AbortSignal,
  ): Promise<void> {
    const edges = await readLineage(this.#options.catalog, {
      refs: targets.flatMap(each => each.consumer ?? []),
      relations: resolveRelations(
        plan.spec.consumers?.relations ?? DEFAULT_RELATIONS,
        this.#options.relations,
      ),
      without: [migration.dataset, plan.spec.to.dataset],
      signal,
    });
    await this.#options.rollouts.replaceLineage(migration.id, edges);
  }

  async #fromCatalog(
    migration: MigrationRecord,
    plan: MigrationPlan,
    found: FoundTargets,
    signal: AbortSignal,
  ): Promise<boolean> {
    const consumers = plan.spec.consumers;
    const walk = walkConsumers(this.#options.catalog, {
      dataset: migration.dataset,
      relations: resolveRelations(
        consumers?.relations ?? DEFAULT_RELATIONS,
        this.#options.relations,
      ),
      depth: consumers?.depth ?? 1,
      maxConsumers: this.#options.maxConsumers,
      exclude: consumers?.exclude,
      excludeRefs: [plan.spec.to.dataset],
      signal,
    });
    for (;;) {
      const step = await walk.next();
      if (step.done) return step.value.truncated;
      for (const consumer of step.value) {
        found.add(this.#target(migration, plan, consumer));
      }
    }
  }

  #target(
    migration: MigrationRecord,
    plan: MigrationPlan,
    consumer: WalkedConsumer,
  ): TargetRecord {
    const resolved = resolveConsumer(
      consumer.entity,
      this.#options.integrations,
    );
    const system = consumer.entity.spec?.system;
    const base = newTarget(migration, {
      consumer: consumer.ref,
      owner: ownerOf(consumer.entity),
      system: typeof system === 'string' ? system : undefined,
      depth: consumer.depth,
      discoveredBy: ['catalog'],
      criticality: parseCriticality(
        consumer.entity.metadata.annotations?.[CRITICALITY_ANNOTATION],
      ),
    });
    if ('reason' in resolved) {
      return { ...base, ...resolved, state: 'unresolved' };
    }
    const paths = plan.spec.consumers?.paths?.[consumer.ref] ?? resolved.paths;
    return { ...base, repository: resolved.repository, paths };
  }

  /** Consumers and repositories that other sources know and the catalog does not. */
  async #fromSources(
    migration: MigrationRecord,
    plan: MigrationPlan,
    mapping: DatasetMapping,
    found: FoundTargets,
    signal: AbortSignal,
  ): Promise<string[]> {
    const problems: string[] = [];
    for (const source of this.#options.sources) {
      try {
        for await (const each of source.discover({
          dataset: migration.dataset,
          names: mapping.from.names,
          signal,
        })) {
          signal.throwIfAborted();
          await this.#fromSource(migration, plan, source.id, each, found);
        }
      } catch (error) {
        signal.throwIfAborted();
        // A source that fails makes the list shorter, not wrong: say so and go on.
        const message = error instanceof Error ? error.message : String(error);
        problems.push(`${source.id}: ${message}`);
        this.#options.logger.warn('A discovery source failed', {
          source: source.id,
          dataset: migration.dataset,
          message,
        });
      }
    }
    return problems;
  }

  async #fromSource(
    migration: MigrationRecord,
    plan: MigrationPlan,
    source: string,
    each: DiscoveredConsumer,
    found: FoundTargets,
  ): Promise<void> {
    const { repository, depth = 1 } = each;
    if (
      repository === undefined
        ? !each.consumer
        : !/^[^/\s]+\/[\w.-]+\/[\w.-]+$/.test(repository)
    ) {
      throw new InputError(`"${repository}" is not host/owner/name.`);
    }
    const consumer = each.consumer && normaliseConsumerRef(each.consumer);
    if (
      consumer &&
      [migration.dataset, plan.spec.to.dataset]
        .map(ref => ref.toLocaleLowerCase('en-US'))
        .includes(consumer)
    ) {
      return;
    }
    if (found.confirm(source, { consumer, repository })) return;
    if (!consumer) {
      found.add(unowned(migration, { repository, depth }, source));
      return;
    }
    const [entity] = (
      await this.#options.catalog.getEntitiesByRefs({
        entityRefs: [consumer],
        fields: CONSUMER_FIELDS,
      })
    ).items;
    const target: TargetRecord = entity
      ? this.#target(migration, plan, { ref: consumer, entity, depth })
      : newTarget(migration, {
          consumer,
          depth,
          state: 'unresolved',
          reason: 'NOT_IN_CATALOG',
          message: `The catalog has no ${consumer}.`,
        });
    const place = target.state === 'unresolved' && repository;
    found.add({
      ...target,
      discoveredBy: [source],
      ...(place && {
        state: 'pending',
        reason: undefined,
        message: undefined,
        repository,
        paths: each.paths ?? [],
      }),
    });
  }

  async #inspect(targets: TargetRecord[], signal: AbortSignal): Promise<void> {
    const answers = new Map<
      string,
      Awaited<ReturnType<RepositoryInspector['whyNot']>>
    >();
    for (const target of targets) {
      const { repository } = target;
      if (!repository || target.state !== 'pending') continue;
      signal.throwIfAborted();
      const key = repositoryKey(repository);
      if (!answers.has(key)) {
        answers.set(
          key,
          await this.#options.inspector.whyNot(repository, signal),
        );
      }
      const whyNot = answers.get(key);
      if (whyNot) Object.assign(target, whyNot, { state: 'unresolved' });
    }
  }
}

function unowned(
  migration: MigrationRecord,
  place: Pick<TargetRecord, 'repository' | 'depth'>,
  source: string,
): TargetRecord {
  return newTarget(migration, {
    ...place,
    discoveredBy: [source],
    blocked: 'no-owner',
    message: 'No entity of the catalog owns this code.',
  });
}

function normaliseConsumerRef(ref: string): string {
  return stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'component' }));
}

function newTarget(
  migration: MigrationRecord,
  details: Partial<TargetRecord>,
): TargetRecord {
  const now = Date.now();
  return {
    id: randomUUID(),
    migrationId: migration.id,
    depth: 1,
    discoveredBy: [],
    paths: [],
    excludedPaths: [],
    state: 'pending',
    wave: 0,
    answers: [],
    createdAt: now,
    updatedAt: now,
    version: 1,
    ...details,
  };
}
