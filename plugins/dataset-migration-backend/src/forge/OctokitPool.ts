import { LoggerService } from '@backstage/backend-plugin-api';
import { Octokit } from '@octokit/rest';
import { retry } from '@octokit/plugin-retry';
import { forgeCost } from '../domain/forgeBudget';
import { ForgeGovernor, ForgeOutcome } from './ForgeGovernor';
import { readForgeAnswer } from './readForgeAnswer';

export interface OctokitPoolOptions {
  logger: LoggerService;
  governor: ForgeGovernor;
  now: () => number;
  /** Milliseconds for one request. */
  timeoutMs: number;
}

type OctokitPlugin = Parameters<typeof Octokit.plugin>[0];
type OctokitClient = InstanceType<typeof Octokit>;

/** Clients of `@octokit/rest`, one for each identity, whose every request the governor lets through. */
export class OctokitPool {
  readonly #options: OctokitPoolOptions;
  readonly #clients = new Map<
    string,
    { baseUrl: string; token?: string; client: OctokitClient }
  >();

  constructor(options: OctokitPoolOptions) {
    this.#options = options;
  }

  /** @param identity - who asks, as the forge counts: `host` or `host/owner` */
  get(
    identity: string,
    baseUrl: string,
    token: string | undefined,
  ): OctokitClient {
    const known = this.#clients.get(identity);
    if (known && known.token === token && known.baseUrl === baseUrl) {
      return known.client;
    }
    const client = this.#create(identity, baseUrl, token);
    this.#clients.set(identity, { baseUrl, token, client });
    return client;
  }

  #create(identity: string, baseUrl: string, token?: string): OctokitClient {
    const { logger, governor, now, timeoutMs } = this.#options;

    // The governor goes first, so that it is the innermost hook: every attempt pays, retries too.
    const Client = Octokit.plugin(
      octokit => {
        octokit.hook.wrap('request', async (request, options) => {
          const signal =
            options.request?.signal ?? new AbortController().signal;
          const cost = forgeCost(options.method, options.url);
          return governor.run(identity, cost, signal, () => {
            const either = AbortSignal.any([
              signal,
              AbortSignal.timeout(timeoutMs),
            ]);
            return outcomeOf(
              async () =>
                request({
                  ...options,
                  request: { ...options.request, signal: either },
                }),
              now,
            );
          });
        });
      },
      // Its types name another copy of the core than ours; at run time there is one.
      retry as unknown as OctokitPlugin,
    );

    return new Client({
      baseUrl,
      ...(token && { auth: token }),
      userAgent: 'backstage-plugin-dataset-migration',
      log: {
        debug: () => {},
        info: () => {},
        warn: message => logger.debug(message),
        error: message => logger.debug(message),
      },
      retry: {
        retries: 2,
        doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451],
      },
    });
  }
}

async function outcomeOf<T extends { headers: object }>(
  request: () => Promise<T>,
  now: () => number,
): Promise<ForgeOutcome<T>> {
  try {
    const value = await request();
    return {
      answer: readForgeAnswer({ response: value }, now()),
      result: { value },
    };
  } catch (error) {
    return { answer: readForgeAnswer(error, now()), result: { error } };
  }
}
