import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import {
  CURRENT_VERSION_ANNOTATION,
  PENDING_TOPIC,
  PendingMigrationEvent,
  TARGET_VERSION_ANNOTATION,
} from 'backstage-plugin-dataset-migration-common';
import { PendingSource } from 'backstage-plugin-dataset-migration-node';
import { PendingMigrationRecord } from '../database/records';
import { PendingStore } from '../database/stores';
import { CatalogReader } from '../discovery/CatalogReader';
import { normaliseDatasetRef } from '../discovery/walkConsumers';

export interface PendingFound {
  dataset: string;
  currentVersion: string;
  targetVersion: string;
  source: string;
}

export interface PendingScanOptions {
  catalog: CatalogReader;
  store: PendingStore;
  events: EventsService;
  sources: PendingSource[];
  logger: LoggerService;
  /** Prepares or finds the draft; undefined where the dataset names no plan. */
  prepareDraft: (dataset: string) => Promise<string | undefined>;
}

/**
 * Finds datasets whose consumers do not read the target version yet: those whose
 * annotations say so, and those that other sources know. Lists them, publishes each as an
 * event, and prepares a draft. Every scan says everything again: events are hints.
 */
export class PendingScan {
  readonly #options: PendingScanOptions;

  constructor(options: PendingScanOptions) {
    this.#options = options;
  }

  async scan(signal: AbortSignal): Promise<PendingMigrationRecord[]> {
    const startedAt = Date.now();
    for await (const found of this.#annotated(signal)) {
      signal.throwIfAborted();
      await this.#take(found);
    }
    let complete = true;
    for (const source of this.#options.sources) {
      if (!(await this.#fromSource(source, signal))) complete = false;
    }
    // What a source that failed did not say again is not gone.
    if (complete) await this.#options.store.removeNotSeenSince(startedAt);
    return this.#options.store.list();
  }

  /** False when the source failed: the others are asked all the same. */
  async #fromSource(
    source: PendingSource,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      for await (const pending of source.list({ signal })) {
        signal.throwIfAborted();
        const { currentVersion, targetVersion } = pending;
        const dataset = normaliseDatasetRef(pending.dataset);
        await this.#take({
          dataset,
          currentVersion,
          targetVersion,
          source: source.id,
        });
      }
      return true;
    } catch (error) {
      signal.throwIfAborted();
      this.#options.logger.warn('A source of pending migrations failed', {
        source: source.id,
        error: String(error),
      });
      return false;
    }
  }

  async #take(found: PendingFound): Promise<void> {
    const { store, events, logger, prepareDraft } = this.#options;
    let migrationId: string | undefined;
    let problem: string | undefined;
    try {
      migrationId = await prepareDraft(found.dataset);
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      logger.warn('No draft could be prepared for a pending migration', {
        dataset: found.dataset,
        problem,
      });
    }
    const now = Date.now();
    await store.upsert({
      ...found,
      firstSeenAt: now,
      lastSeenAt: now,
      migrationId,
      problem,
    });
    const eventPayload: PendingMigrationEvent = {
      dataset: found.dataset,
      currentVersion: found.currentVersion,
      targetVersion: found.targetVersion,
      migrationId,
    };
    await events.publish({ topic: PENDING_TOPIC, eventPayload });
  }

  async *#annotated(signal: AbortSignal): AsyncGenerator<PendingFound> {
    const annotation = (name: string) => `metadata.annotations.${name}`;
    let cursor: string | undefined;
    do {
      signal.throwIfAborted();
      const page = await this.#options.catalog.queryEntities(
        cursor
          ? { cursor, limit: 500 }
          : {
              query: {
                $all: [
                  { kind: 'Resource', 'spec.type': 'dataset' },
                  {
                    [annotation(CURRENT_VERSION_ANNOTATION)]: { $exists: true },
                    [annotation(TARGET_VERSION_ANNOTATION)]: { $exists: true },
                  },
                ],
              } as never,
              limit: 500,
              totalItems: 'exclude',
            },
      );
      for (const entity of page.items) {
        const pending = pendingOf(entity);
        if (pending) yield pending;
      }
      cursor = page.pageInfo.nextCursor;
    } while (cursor);
  }
}

function pendingOf(entity: Entity): PendingFound | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const currentVersion = annotations[CURRENT_VERSION_ANNOTATION];
  const targetVersion = annotations[TARGET_VERSION_ANNOTATION];
  if (!currentVersion || !targetVersion || currentVersion === targetVersion) {
    return undefined;
  }
  return {
    dataset: stringifyEntityRef(entity),
    currentVersion,
    targetVersion,
    source: 'catalog',
  };
}
