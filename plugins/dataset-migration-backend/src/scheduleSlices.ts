import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { Services } from './createServices';
import { GITHUB_TOPICS } from './rollout';

/** A killed process holds its slice no longer than this. */
const SLICE_TIMEOUT_MS = 60_000;
const SETTLE_EVERY_MS = 3_000;
const RETENTION_EVERY_MS = 6 * 3_600_000;

/**
 * Starts what happens without people: small, repeatable slices that find their work in our
 * tables, so that any replica can be killed at any time.
 */
export async function scheduleSlices(
  deps: {
    scheduler: SchedulerService;
    events: EventsService;
    logger: LoggerService;
  },
  services: Services,
): Promise<void> {
  const { scheduler, events, logger } = deps;
  const { config } = services;
  const slices: Array<
    [
      id: string,
      everyMs: number,
      run: (signal: AbortSignal) => Promise<unknown>,
    ]
  > = [
    ['reconcile', config.slices.reconcileMs, s => services.reconcile(s)],
    ['scan', config.scan.frequencyMs, s => services.handlers.pending.scan(s)],
    ['retention', RETENTION_EVERY_MS, s => services.forget(s)],
    ['rollout', config.slices.rolloutMs, s => services.advance(s)],
    ['settle', SETTLE_EVERY_MS, s => services.settle(s)],
  ];
  for (const [id, everyMs, fn] of slices) {
    await scheduler.scheduleTask({
      id: `dataset-migration-${id}`,
      frequency: { milliseconds: everyMs },
      timeout: { milliseconds: Math.max(SLICE_TIMEOUT_MS, everyMs / 2) },
      initialDelay: { milliseconds: Math.min(everyMs, 10_000) },
      scope: 'global',
      fn: async signal => {
        await fn(signal as AbortSignal);
      },
    });
  }
  await scheduler.scheduleTask({
    id: 'dataset-migration-evict',
    frequency: { hours: 1 },
    timeout: { minutes: 10 },
    initialDelay: { hours: 1 },
    // Each replica has a cache of repositories of its own.
    scope: 'local',
    fn: async () => {
      await services.evict();
    },
  });
  // Leases make it safe for every replica to dispatch at once, so each has its own timer.
  services.startDispatching(config.slices.dispatchMs);

  await events.subscribe({
    id: 'dataset-migration-forge',
    topics: [...GITHUB_TOPICS],
    async onEvent(event) {
      const followed = await services.forgeEvent(
        event.topic,
        event.eventPayload,
        AbortSignal.timeout(SLICE_TIMEOUT_MS),
      );
      logger.debug('The forge told us something', {
        topic: event.topic,
        followed,
      });
    },
  });
}
