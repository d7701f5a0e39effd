import type { ForgeLog } from '../log/ForgeLog';
import type { RateLimiter } from '../limits/RateLimiter';
import type { ForgeStore } from '../store/ForgeStore';
import type { WebhookSender, WebhookTarget } from '../webhooks/WebhookSender';
import type { ForgeAccounts } from './ForgeAccounts';
import type { ForgeRepositories } from './ForgeRepositories';
import type { ForgeUrls } from './ForgeUrls';

/** Everything a request handler of the forge works with. */
export interface ForgeContext {
  readonly urls: ForgeUrls;
  readonly accounts: ForgeAccounts;
  readonly teams: readonly string[];
  readonly store: ForgeStore;
  readonly repositories: ForgeRepositories;
  readonly limiter: RateLimiter;
  readonly log: ForgeLog;
  readonly webhooks: WebhookSender;
  readonly organizationHook?: WebhookTarget;
  readonly webUser: string;
  readonly hooksDir: string;
}
