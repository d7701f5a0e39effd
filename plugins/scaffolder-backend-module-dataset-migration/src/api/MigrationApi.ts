import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import {
  ApiCallOptions,
  ApiTransport,
  DatasetMigrationApiClient,
} from 'backstage-plugin-dataset-migration-common';

const PLUGIN_ID = 'dataset-migration';

/** What actions need to reach the dataset migration backend. */
export interface ActionDependencies {
  auth: AuthService;
  discovery: DiscoveryService;
  /** Milliseconds between two looks of an action that waits; 5 seconds by default. */
  pollMs?: number;
}

export type AnyActionContext = Pick<
  ActionContext<JsonObject>,
  'getInitiatorCredentials' | 'signal'
>;

/** Calls the API as whoever started the task, whose permissions decide. */
export class MigrationApi {
  readonly client: DatasetMigrationApiClient;
  readonly #auth: AuthService;

  constructor({ auth, discovery }: ActionDependencies) {
    this.#auth = auth;
    this.client = new DatasetMigrationApiClient(
      new ApiTransport({
        fetch: (...request) => fetch(...request),
        getBaseUrl: () => discovery.getBaseUrl(PLUGIN_ID),
      }),
    );
  }

  /** Options of one call: a fresh token, because a step may outlive one, and the task's signal. */
  async call(ctx: AnyActionContext): Promise<ApiCallOptions> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await ctx.getInitiatorCredentials(),
      targetPluginId: PLUGIN_ID,
    });
    return { token, signal: ctx.signal };
  }
}
