import {
  campaignCreatePermission,
  migrationReadPermission,
} from 'backstage-plugin-dataset-migration-common';
import { ApiHandlers } from '../generated/addGeneratedRoutes';
import { HandlerDependencies } from './HandlerDependencies';
import { audited, requestSignal } from './requests';

type CampaignHandlers = Pick<
  ApiHandlers,
  | 'listCampaigns'
  | 'createCampaign'
  | 'getCampaign'
  | 'actOnCampaign'
  | 'listCampaignCandidates'
>;

/** Campaigns, for admins. */
export function campaignHandlers(
  dependencies: HandlerDependencies,
): CampaignHandlers {
  const { access, stores, campaigns } = dependencies;
  return {
    async listCampaigns({ request, query }) {
      await access.require(request, migrationReadPermission);
      const page = await stores.campaigns.list({
        cursor: query?.cursor,
        limit: query?.limit,
      });
      const items = [];
      for (const campaign of page.items) {
        items.push(await campaigns.view(campaign));
      }
      return { ...page, items };
    },

    async createCampaign({ request, body }) {
      const caller = await access.require(request, campaignCreatePermission);
      return audited(dependencies, request, 'campaign-create', body, () =>
        campaigns.create(body, caller.actor),
      );
    },

    async getCampaign({ request, path }) {
      await access.require(request, migrationReadPermission);
      return campaigns.view(await stores.campaigns.get(path.campaignId));
    },

    async actOnCampaign({ request, response, path, body }) {
      const caller = await access.require(request, campaignCreatePermission);
      const campaign = await stores.campaigns.get(path.campaignId);
      return audited(
        dependencies,
        request,
        `campaign-${path.action}`,
        path,
        () =>
          campaigns.act(campaign, path.action, {
            actor: caller.actor,
            reason: body.reason,
            signal: requestSignal(response),
          }),
      );
    },

    async listCampaignCandidates({ request, body }) {
      await access.require(request, migrationReadPermission);
      return campaigns.candidates(body);
    },
  };
}
