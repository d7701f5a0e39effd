import {
  migrationAdministerPermission,
  migrationCreatePermission,
  migrationPublishPermission,
  migrationReadPermission,
  migrationRollBackPermission,
  migrationSimulatePermission,
} from 'backstage-plugin-dataset-migration-common';
import { ApiHandlers } from '../generated/addGeneratedRoutes';
import { MigrationAction } from '../service/actionTargets';
import { MigrationActions } from '../service/MigrationActions';
import {
  activityView,
  mappingView,
  planView,
  targetView,
} from '../service/views';
import { hasError } from '../plans/PlanService';
import { rolloutView } from '../waves/rolloutView';
import { HandlerDependencies } from './HandlerDependencies';
import { asList, audited, requestSignal } from './requests';

const PERMISSION_OF: Record<MigrationAction, typeof migrationReadPermission> = {
  start: migrationCreatePermission,
  discover: migrationCreatePermission,
  simulate: migrationSimulatePermission,
  publish: migrationPublishPermission,
  pause: migrationPublishPermission,
  resume: migrationPublishPermission,
  'roll-back': migrationRollBackPermission,
  cancel: migrationAdministerPermission,
  discard: migrationCreatePermission,
  'end-incomplete': migrationAdministerPermission,
};

type MigrationHandlers = Pick<
  ApiHandlers,
  | 'checkPlan'
  | 'listMigrations'
  | 'createMigration'
  | 'getMigration'
  | 'getPlan'
  | 'updatePlan'
  | 'previewMigrationAction'
  | 'actOnMigration'
  | 'listTargets'
  | 'listActivity'
  | 'getRollout'
>;

/** Migrations, their plans, targets and activity. */
export function migrationHandlers(
  dependencies: HandlerDependencies,
): MigrationHandlers {
  const { access, stores, migrations, actions, views, plans, datasets } =
    dependencies;
  return {
    async checkPlan({ request, body }) {
      const caller = await access.require(request, migrationReadPermission);
      const entity = await datasets.get(body.dataset, caller.credentials);
      const checked = await plans.check(entity, body.plan, 1);
      return {
        valid: !hasError(checked.problems),
        problems: checked.problems,
        fields: mappingView(checked).fields,
      };
    },

    async listMigrations({ request, query }) {
      await access.require(request, migrationReadPermission);
      const page = await stores.migrations.list(
        {
          dataset: query?.dataset,
          state: asList(query?.state),
          campaignId: query?.campaignId,
        },
        { cursor: query?.cursor, limit: query?.limit },
      );
      return { ...page, items: await views.viewAll(page.items) };
    },

    async createMigration({ request, body }) {
      const caller = await access.require(request, migrationCreatePermission);
      const entity = await datasets.get(body.dataset, caller.credentials);
      return audited(
        dependencies,
        request,
        'migration-create',
        body,
        async () =>
          views.view(await migrations.create(entity, body.plan, caller.actor)),
      );
    },

    async getMigration({ request, path }) {
      await access.require(request, migrationReadPermission);
      return views.view(await stores.migrations.get(path.migrationId));
    },

    async getPlan({ request, path, query }) {
      await access.require(request, migrationReadPermission);
      return planView(
        await stores.migrations.getPlan(path.migrationId, query?.version),
      );
    },

    async updatePlan({ request, path, body }) {
      const caller = await access.require(request, migrationCreatePermission);
      const migration = await stores.migrations.get(path.migrationId);
      const entity = await datasets.get(migration.dataset, caller.credentials);
      return audited(dependencies, request, 'plan-update', path, async () =>
        planView(
          await migrations.updatePlan(migration, entity, body, caller.actor),
        ),
      );
    },

    async previewMigrationAction({ request, path }) {
      const action = MigrationActions.parse(path.action);
      const caller = await access.require(request, migrationReadPermission);
      const migration = await stores.migrations.get(path.migrationId);
      return {
        ...(await actions.preview(migration, action)),
        allowed: await access.may(caller, PERMISSION_OF[action]),
      };
    },

    async actOnMigration({ request, response, path, body }) {
      const action = MigrationActions.parse(path.action);
      const caller = await access.require(request, PERMISSION_OF[action]);
      const migration = await stores.migrations.get(path.migrationId);
      return audited(
        dependencies,
        request,
        `migration-${action}`,
        { migrationId: migration.id, reason: body.reason },
        async () => {
          const affectedTargets = await actions.act(migration, action, {
            ...body,
            actor: caller.actor,
            signal: requestSignal(response),
          });
          const after = await stores.migrations.get(migration.id);
          return { migration: await views.view(after), affectedTargets };
        },
      );
    },

    async listTargets({ request, path, query }) {
      await access.require(request, migrationReadPermission);
      const page = await stores.targets.list(
        {
          migrationId: path.migrationId,
          state: asList(query?.state),
          outcome: asList(query?.outcome),
          blocked: asList(query?.blocked),
          framework: asList(query?.framework),
          owner: asList(query?.owner),
          proof: asList(query?.proof),
          text: query?.text,
        },
        { cursor: query?.cursor, limit: query?.limit },
      );
      const digests = await stores.changes.digestsOf(
        page.items.flatMap(target => target.changeId ?? []),
      );
      return {
        ...page,
        items: page.items.map(target =>
          targetView(
            target,
            dependencies.repositoryUrl,
            target.changeId && digests.get(target.changeId),
          ),
        ),
      };
    },

    async getRollout({ request, path }) {
      await access.require(request, migrationReadPermission);
      const migration = await stores.migrations.get(path.migrationId);
      return rolloutView(await dependencies.rollouts.read(migration));
    },

    async listActivity({ request, path, query }) {
      await access.require(request, migrationReadPermission);
      const page = await stores.activity.list(
        { migrationId: path.migrationId, targetId: query?.targetId },
        { cursor: query?.cursor, limit: query?.limit },
      );
      return { ...page, items: page.items.map(activityView) };
    },
  };
}
