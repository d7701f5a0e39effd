import {
  migrationCreatePermission,
  migrationReadPermission,
} from 'backstage-plugin-dataset-migration-common';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { ApiHandlers } from '../generated/addGeneratedRoutes';
import { pendingView } from '../service/views';
import { HandlerDependencies } from './HandlerDependencies';
import { requestSignal } from './requests';

/** Datasets: what waits for them, and what their Migration tab starts with. */
export function datasetHandlers(
  dependencies: HandlerDependencies,
): Pick<ApiHandlers, 'listPending' | 'scanPending' | 'getDatasetOverview'> {
  const { access, stores, pending, datasets, migrations, views, plans } =
    dependencies;
  return {
    async listPending({ request }) {
      await access.require(request, migrationReadPermission);
      return { items: (await stores.pending.list()).map(pendingView) };
    },

    async scanPending({ request, response }) {
      await access.require(request, migrationCreatePermission);
      const found = await pending.scan(requestSignal(response));
      return { items: found.map(pendingView) };
    },

    async getDatasetOverview({ request, query }) {
      const caller = await access.require(request, migrationReadPermission);
      const entity = await datasets.get(query.dataset, caller.credentials);
      const dataset = stringifyEntityRef(entity);
      const known = await datasets.countConsumers(dataset, caller.credentials);
      const migration = await migrations.latest(dataset);
      const waiting = (await stores.pending.list()).find(
        each => each.dataset === dataset,
      );
      return {
        dataset,
        title: entity.metadata.title,
        consumersKnown: known.consumers,
        consumersTruncated: known.truncated,
        planUrl: plans.planUrl(entity),
        pending: waiting && pendingView(waiting),
        migration: migration && (await views.view(migration)),
      };
    },
  };
}
