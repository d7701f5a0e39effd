import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { NotFoundError } from '@backstage/errors';
import { installProtectionHook } from '../git/installProtectionHook';
import { GITHUB_LIMITS } from '../limits/ForgeLimits';
import { RateLimiter } from '../limits/RateLimiter';
import { ForgeLog } from '../log/ForgeLog';
import { ForgeStore } from '../store/ForgeStore';
import type { RepositoryRecord } from '../store/records';
import { WebhookSender } from '../webhooks/WebhookSender';
import { createForgeApp } from './createForgeApp';
import type { Forge } from './Forge';
import { ForgeAccounts } from './ForgeAccounts';
import type { ForgeContext } from './ForgeContext';
import type { ForgeOptions, ForgeRepository } from './ForgeOptions';
import { ForgeRepositories } from './ForgeRepositories';
import { ForgeUrls } from './ForgeUrls';

function createContext(options: ForgeOptions, base: string): ForgeContext {
  const rootDir = resolve(options.rootDir);
  const organization = options.organization ?? 'demo';
  const webUser = options.webUser ?? 'demo-reviewer';
  const users = options.users.some(user => user.login === webUser)
    ? options.users
    : [...options.users, { login: webUser }];
  const log = ForgeLog.open(
    options.logFile ?? join(rootDir, 'forge-log.jsonl'),
  );
  const store = ForgeStore.open(join(rootDir, 'forge-journal.jsonl'));
  return {
    urls: new ForgeUrls(base),
    accounts: new ForgeAccounts(organization, users),
    teams: options.teams ?? [],
    store,
    repositories: new ForgeRepositories(
      store,
      join(rootDir, 'repositories'),
      organization,
    ),
    limiter: new RateLimiter(
      { ...GITHUB_LIMITS, ...options.limits },
      options.now,
    ),
    log,
    webhooks: new WebhookSender(log),
    organizationHook: options.webhook
      ? { ...options.webhook, events: ['*'], id: 1 }
      : undefined,
    webUser,
    hooksDir: installProtectionHook(rootDir),
  };
}

/** Starts a simulated GitHub on the loopback interface. Rejects where the port is taken. */
export async function startForge(options: ForgeOptions): Promise<Forge> {
  await mkdir(options.rootDir, { recursive: true });
  const server = createServer();
  await new Promise<void>((started, failed) => {
    server.once('error', failed);
    server.listen(options.port ?? 0, '127.0.0.1', () => started());
  });
  const { port } = server.address() as AddressInfo;
  const host = `${options.hostname ?? '127.0.0.1'}:${port}`;
  const context = createContext(options, `http://${host}`);
  server.on('request', createForgeApp(context, options.restMiddleware));

  const describe = (repository: RepositoryRecord): ForgeRepository => ({
    owner: repository.owner,
    name: repository.name,
    gitDir: context.repositories.git(repository).gitDir,
    cloneUrl: context.urls.clone(repository),
    htmlUrl: context.urls.repositoryHtml(repository),
  });

  return {
    baseUrl: context.urls.base,
    apiBaseUrl: context.urls.api,
    rawBaseUrl: context.urls.raw,
    host,
    createRepository: async request => {
      const record = await context.repositories.create(request);
      context.log.write('repository', {
        action: 'created',
        repository: `${record.owner}/${record.name}`,
      });
      return describe(record);
    },
    updateRepository: async request => {
      const owner = request.owner ?? context.accounts.organization.login;
      const record = context.repositories.find(owner, request.name);
      if (!record) {
        throw new NotFoundError(`No repository ${owner}/${request.name}`);
      }
      return describe(await context.repositories.update(record, request));
    },
    repositories: () => context.repositories.all().map(describe),
    log: () => context.log.entries(),
    settled: () => context.webhooks.settled(),
    close: async () => {
      await new Promise<void>(closed => {
        server.close(() => closed());
        server.closeAllConnections();
      });
      await context.webhooks.settled();
      await context.log.close();
    },
  };
}
