import { LoggerService } from '@backstage/backend-plugin-api';
import { Octokit } from '@octokit/rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck';
import { ForgeBudget, ForgeBudgetLimits } from './ForgeBudget';
import { ForgeError } from './ForgeFailure';

export interface OctokitPoolOptions {
  logger: LoggerService;
  budget?: Partial<ForgeBudgetLimits>;
  /** Longest time that a request waits here before it is given back to the queue; 20 s by default. */
  maxWaitMs?: number;
  /** Milliseconds for one request; 30 s by default. */
  timeoutMs?: number;
}

type OctokitPlugin = Parameters<typeof Octokit.plugin>[0];
type OctokitClient = InstanceType<typeof Octokit>;

/** What all clients of one host share: one identity, one budget. */
interface HostLimits {
  budget: ForgeBudget;
  write: Bottleneck.Group;
}

/** Clients of `@octokit/rest` by host and credential, behind one budget per host. */
export class OctokitPool {
  readonly #options: OctokitPoolOptions;
  readonly #hosts = new Map<string, HostLimits>();
  readonly #clients = new Map<
    string,
    { token?: string; client: OctokitClient }
  >();

  constructor(options: OctokitPoolOptions) {
    this.#options = options;
  }

  get(host: string, baseUrl: string, token: string | undefined): OctokitClient {
    const known = this.#clients.get(host);
    if (known && known.token === token) return known.client;
    const client = this.#create(host, baseUrl, token);
    this.#clients.set(host, { token, client });
    return client;
  }

  #create(host: string, baseUrl: string, token?: string): OctokitClient {
    const { logger, maxWaitMs = 20_000, timeoutMs = 30_000 } = this.#options;
    const limits = this.#limitsOf(host);
    const onLimit = (
      seconds: number,
      _options: unknown,
      _octokit: unknown,
      retryCount: number,
    ) => retryCount < 1 && seconds * 1000 <= maxWaitMs;

    // The budget goes first, so that it is the innermost hook: every attempt pays, retries too.
    const Client = Octokit.plugin(
      octokit => {
        octokit.hook.wrap('request', async (request, options) => {
          if (options.method !== 'GET' && options.method !== 'HEAD') {
            await payFor(limits.budget, host, maxWaitMs);
          }
          const timeout = AbortSignal.timeout(timeoutMs);
          const signal = options.request?.signal
            ? AbortSignal.any([options.request.signal, timeout])
            : timeout;
          return request({
            ...options,
            request: { ...options.request, signal },
          });
        });
      },
      // Their types name another copy of the core than ours; at run time there is one.
      retry as unknown as OctokitPlugin,
      throttling as unknown as OctokitPlugin,
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
      throttle: {
        id: host,
        // The plugin's own spacing (1 s, and 3 s for pull requests) gives way to the budget.
        write: limits.write,
        notifications: limits.write,
        onRateLimit: onLimit,
        onSecondaryRateLimit: onLimit,
      },
    });
  }

  #limitsOf(host: string): HostLimits {
    let limits = this.#hosts.get(host);
    if (!limits) {
      limits = {
        budget: new ForgeBudget(this.#options.budget),
        write: new Bottleneck.Group({ maxConcurrent: 1 }),
      };
      this.#hosts.set(host, limits);
    }
    return limits;
  }
}

async function payFor(
  budget: ForgeBudget,
  host: string,
  maxWaitMs: number,
): Promise<void> {
  const now = Date.now();
  const retryAt = budget.next(now);
  if (retryAt - now > maxWaitMs) {
    throw new ForgeError({
      signature: 'FORGE_BUDGET',
      message: `Our budget of requests to ${host} is used up until ${new Date(
        retryAt,
      ).toISOString()}.`,
      retryable: true,
      retryAt,
    });
  }
  const wait = budget.take(now) - now;
  if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
}
