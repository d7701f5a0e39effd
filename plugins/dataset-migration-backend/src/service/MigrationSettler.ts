import { isError } from '@backstage/errors';
import { LoggerService } from '@backstage/backend-plugin-api';
import { MigrationRecord } from '../database/records';
import { Stores } from '../database/stores';
import { TakeBack } from '../waves/TakeBack';
import { MigrationService } from './MigrationService';
import { RunPlanner } from './RunPlanner';
import { TargetService } from './TargetService';

const THROUGH = ['migrated', 'not-affected'];

/**
 * Ends migrations whose targets are all through or all back, and takes along targets that
 * were being published when a rollback or cancel came. A scheduled slice; steps only hint.
 */
export class MigrationSettler {
  readonly #stores: Stores;
  readonly #migrations: MigrationService;
  readonly #targets: TargetService;
  readonly #planner: RunPlanner;
  readonly #takeBack: TakeBack;
  readonly #logger: LoggerService;

  constructor(options: {
    stores: Stores;
    migrations: MigrationService;
    targets: TargetService;
    planner: RunPlanner;
    takeBack: TakeBack;
    logger: LoggerService;
  }) {
    this.#stores = options.stores;
    this.#migrations = options.migrations;
    this.#targets = options.targets;
    this.#planner = options.planner;
    this.#takeBack = options.takeBack;
    this.#logger = options.logger;
  }

  async settleAll(signal: AbortSignal): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.#stores.migrations.list(
        { state: ['active', 'rolling-back'] },
        { cursor, limit: 100 },
      );
      for (const migration of page.items) {
        signal.throwIfAborted();
        await this.#unlessMoved(migration, () =>
          this.settle(migration, signal),
        );
      }
      cursor = page.nextCursor;
    } while (cursor);
    await this.#closeCancelled(signal);
  }

  /** A pull request that was being opened when its migration was cancelled. */
  async #closeCancelled(signal: AbortSignal): Promise<void> {
    const migrations = new Map<string, MigrationRecord>();
    const open = this.#stores.targets.iterate({ state: ['open'] });
    for await (const batch of open) {
      for (const target of batch) {
        signal.throwIfAborted();
        const id = target.migrationId;
        const migration =
          migrations.get(id) ?? (await this.#stores.migrations.get(id));
        migrations.set(id, migration);
        if (migration.outcome !== 'cancelled') continue;
        await this.#unlessMoved(migration, async () => {
          const updated = await this.#targets.apply(target, 'cancel');
          await this.#planner.ensureRun(updated, migration);
        });
      }
    }
  }

  async #unlessMoved(
    migration: MigrationRecord,
    step: () => Promise<void>,
  ): Promise<void> {
    try {
      await step();
    } catch (error) {
      // Another replica may have been first; the next slice looks again.
      if (!isError(error) || error.name !== 'ConflictError') throw error;
      this.#logger.debug('A migration moved while it was being settled', {
        migrationId: migration.id,
      });
    }
  }

  async settle(migration: MigrationRecord, signal: AbortSignal): Promise<void> {
    if (migration.state === 'rolling-back') {
      await this.#takeBack.advance(migration, { signal });
    }
    const counts = await this.#stores.targets.count(migration.id);
    const total = counts.reduce((sum, each) => sum + each.count, 0);
    const ended = counts.filter(each => each.state === 'ended');
    if (
      total === 0 ||
      ended.reduce((sum, each) => sum + each.count, 0) < total
    ) {
      return;
    }
    if (migration.state === 'rolling-back') {
      await this.#migrations.apply(migration, 'all-back', { actor: 'system' });
      return;
    }
    const remaining = ended
      .filter(each => !THROUGH.includes(each.outcome ?? ''))
      .reduce((sum, each) => sum + each.count, 0);
    if (remaining === 0) {
      await this.#migrations.apply(migration, 'all-through', {
        actor: 'system',
        remainingReaders: remaining,
      });
    }
  }
}
