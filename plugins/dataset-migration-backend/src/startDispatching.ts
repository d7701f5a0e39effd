import { setTimeout } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { RunDispatcher } from './orchestration';

/**
 * Dispatches again and again, one slice after the other. Every replica does: leases keep
 * them apart, so this needs no lock and a killed replica holds nothing up.
 */
export function startDispatching(
  dispatcher: Pick<RunDispatcher, 'dispatchOnce'>,
  everyMs: number,
  logger: LoggerService,
): { stop(): Promise<void> } {
  const controller = new AbortController();
  const loop = async () => {
    while (!controller.signal.aborted) {
      try {
        await dispatcher.dispatchOnce(controller.signal);
      } catch (error) {
        if (controller.signal.aborted) return;
        logger.warn('Runs could not be dispatched', { error: String(error) });
      }
      // Being stopped ends the pause; the loop sees it.
      await setTimeout(everyMs, undefined, { signal: controller.signal }).catch(
        () => undefined,
      );
    }
  };
  const done = loop();
  return {
    async stop() {
      controller.abort();
      await done;
    },
  };
}
