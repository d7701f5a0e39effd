import { mockServices } from '@backstage/backend-test-utils';
import { startDispatching } from './startDispatching';
import { until } from './testing/until';

describe('startDispatching', () => {
  const logger = mockServices.logger.mock();
  beforeEach(() => jest.clearAllMocks());

  it('goes on after a failure, never two at a time, until it is stopped', async () => {
    let calls = 0;
    let now = 0;
    let most = 0;
    const dispatcher = {
      async dispatchOnce() {
        calls += 1;
        now += 1;
        most = Math.max(most, now);
        await new Promise(resolve => setTimeout(resolve, 5));
        now -= 1;
        if (calls === 1) throw new Error('busy');
      },
    };
    const dispatching = startDispatching(dispatcher, 1, logger);
    await until(() => calls >= 4);
    await dispatching.stop();
    const after = calls;
    expect(now).toBe(0);
    expect(most).toBe(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    await new Promise(resolve => setTimeout(resolve, 30));
    expect(calls).toBe(after);
  });

  it('waits for the slice that runs, and logs no failure of being stopped', async () => {
    let ended = false;
    const dispatching = startDispatching(
      {
        dispatchOnce: signal =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              ended = true;
              reject(signal.reason);
            });
          }),
      },
      60_000,
      logger,
    );
    await dispatching.stop();
    expect(ended).toBe(true);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('does not sit out its pause when it is stopped', async () => {
    let calls = 0;
    const dispatching = startDispatching(
      {
        async dispatchOnce() {
          calls += 1;
        },
      },
      3_600_000,
      logger,
    );
    await until(() => calls === 1);
    const before = Date.now();
    await dispatching.stop();
    expect(Date.now() - before).toBeLessThan(1_000);
  });
});
