import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { TargetRecord } from '../database/records';
import { Stores } from '../database/stores';

/** Steps after which something waits for the owner. */
const WAITING: Record<string, readonly [one: string, many: string]> = {
  review: ['change waits for your review', 'changes wait for your review'],
  question: [
    'consumer has a question for you',
    'consumers have questions for you',
  ],
};

/**
 * Tells an owner once per migration and kind of wait. The scope makes a later
 * notification replace the earlier one, so that 40 changes are one line, not 40.
 */
export class OwnerNotifier {
  readonly #notifications: NotificationService;
  readonly #stores: Stores;
  readonly #logger: LoggerService;
  readonly #waitMs: number;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @param options - `waitMs`: collects what arrives within this time */
  constructor(options: {
    notifications: NotificationService;
    stores: Stores;
    logger: LoggerService;
    waitMs?: number;
  }) {
    this.#notifications = options.notifications;
    this.#stores = options.stores;
    this.#logger = options.logger;
    this.#waitMs = options.waitMs ?? 5_000;
  }

  async moved(target: TargetRecord): Promise<void> {
    const { owner, blocked, migrationId } = target;
    if (
      target.state !== 'simulated' ||
      !owner ||
      !blocked ||
      !WAITING[blocked]
    ) {
      return;
    }
    const scope = `dataset-migration:${migrationId}:${blocked}:${owner}`;
    if (this.#timers.has(scope)) return;
    const timer = setTimeout(() => {
      this.#timers.delete(scope);
      this.#send(scope, migrationId, owner, blocked).catch(error =>
        this.#logger.warn('An owner could not be notified', {
          owner,
          error: String(error),
        }),
      );
    }, this.#waitMs);
    timer.unref();
    this.#timers.set(scope, timer);
  }

  async #send(
    scope: string,
    migrationId: string,
    owner: string,
    blocked: string,
  ): Promise<void> {
    const migration = await this.#stores.migrations.get(migrationId);
    const waiting = await this.#stores.targets.list(
      { migrationId, state: ['simulated'], blocked: [blocked], owner: [owner] },
      { limit: 1 },
    );
    if (waiting.totalItems === 0) return;
    const [, namespace, name] = /^[^:]+:([^/]+)\/(.+)$/.exec(
      migration.dataset,
    ) ?? ['', 'default', migration.dataset];
    await this.#notifications.send({
      recipients: { type: 'entity', entityRef: owner },
      payload: {
        title: `${migration.title}: ${waiting.totalItems} ${
          WAITING[blocked][waiting.totalItems === 1 ? 0 : 1]
        }`,
        link: `/catalog/${namespace}/resource/${name}/migration?view=${
          blocked === 'question' ? 'questions' : 'review'
        }&owner=${encodeURIComponent(owner)}`,
        severity: 'normal',
        topic: 'dataset-migration',
        scope,
      },
    });
  }
}
