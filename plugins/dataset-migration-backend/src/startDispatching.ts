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
      await sleep(everyMs, controller.signal);
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

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
