import { LoggerService } from '@backstage/backend-plugin-api';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { AnyActionContext, MigrationApi } from '../api/MigrationApi';
import { waitFor } from '../api/waitFor';
import { AwaitedAction, isMoving } from './isSettled';

const DEFAULT_TIMEOUT_MINUTES = 60;

export interface ActRequest {
  migrationId: string;
  targetIds?: string[];
  reason?: string;
  wait?: boolean;
  timeoutMinutes?: number;
}

export interface Acted {
  affectedTargets: number;
  message: string;
  state: string;
  counts: Api.TargetCount[];
}

type Context = AnyActionContext & {
  logger: Pick<LoggerService, 'info'>;
  isDryRun?: boolean;
};

/** Does an action on a migration; in a dry run it only asks what the action would do. */
export async function actAndWait(
  api: MigrationApi,
  ctx: Context,
  action: AwaitedAction,
  request: ActRequest,
  options: { pollMs: number },
): Promise<Acted> {
  ctx.signal?.throwIfAborted();
  if (ctx.isDryRun) return preview(api, ctx, action, request);
  const { affectedTargets, migration } = await api.client.actOnMigration(
    {
      path: { migrationId: request.migrationId, action },
      body: { reason: request.reason, targetIds: request.targetIds },
    },
    await api.call(ctx),
  );
  ctx.logger.info(
    `${action} of "${migration.title}": ${affectedTargets} targets`,
  );
  const settled = request.wait
    ? await settle(api, ctx, action, request, options)
    : migration;
  return {
    affectedTargets,
    message: settled.progress.phase,
    state: settled.state,
    counts: settled.progress.counts,
  };
}

async function preview(
  api: MigrationApi,
  ctx: Context,
  action: AwaitedAction,
  { migrationId, targetIds }: ActRequest,
): Promise<Acted> {
  const call = await api.call(ctx);
  const effect = await api.client.previewMigrationAction(
    { path: { migrationId, action } },
    call,
  );
  const migration = await api.client.getMigration(
    { path: { migrationId } },
    call,
  );
  const ofChosen = targetIds
    ? `; of these at most the ${targetIds.length} chosen`
    : '';
  const message = `Dry run, nothing was done. ${effect.message}${ofChosen}`;
  ctx.logger.info(message);
  return {
    affectedTargets: 0,
    message,
    state: migration.state,
    counts: migration.progress.counts,
  };
}

async function settle(
  api: MigrationApi,
  ctx: Context,
  action: AwaitedAction,
  request: ActRequest,
  { pollMs }: { pollMs: number },
): Promise<Api.Migration> {
  let phase = '';
  return waitFor(
    async () => {
      const value = await api.client.getMigration(
        { path: { migrationId: request.migrationId } },
        await api.call(ctx),
      );
      if (value.progress.phase !== phase) {
        phase = value.progress.phase;
        ctx.logger.info(phase);
      }
      const done = request.targetIds
        ? await areChosenSettled(api, ctx, action, request.targetIds)
        : await isMigrationSettled(api, ctx, action, value);
      return { done, value };
    },
    {
      pollMs,
      timeoutMs: (request.timeoutMinutes ?? DEFAULT_TIMEOUT_MINUTES) * 60_000,
      signal: ctx.signal,
    },
  );
}

async function areChosenSettled(
  api: MigrationApi,
  ctx: Context,
  action: AwaitedAction,
  targetIds: string[],
): Promise<boolean> {
  for (const targetId of targetIds) {
    const { target } = await api.client.getTarget(
      { path: { targetId } },
      await api.call(ctx),
    );
    if (isMoving(target, action)) return false;
  }
  return true;
}

async function isMigrationSettled(
  api: MigrationApi,
  ctx: Context,
  action: AwaitedAction,
  migration: Api.Migration,
): Promise<boolean> {
  const moving = migration.progress.counts.filter(
    each => each.count > 0 && isMoving(each, action),
  );
  if (moving.length === 0) return true;
  if (
    action !== 'roll-back' ||
    moving.some(each => each.state !== 'reverting')
  ) {
    return false;
  }
  // A reverse change that is proposed waits for people: nothing more moves by itself.
  let cursor: string | undefined;
  do {
    const page = await api.client.listTargets(
      {
        path: { migrationId: migration.id },
        query: { state: ['reverting'], cursor },
      },
      await api.call(ctx),
    );
    if (page.items.some(target => !target.revert)) return false;
    cursor = page.nextCursor;
  } while (cursor);
  return true;
}
