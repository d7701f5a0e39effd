import {
  Api,
  migrationPublishPermission,
  migrationReadPermission,
  migrationRollBackPermission,
} from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { ApiHandlers } from '../generated/addGeneratedRoutes';
import { Caller, whoMayDecide } from '../service/AccessControl';
import { TargetAction, TargetDecisions } from '../service/TargetDecisions';
import {
  approvalView,
  changeView,
  runView,
  targetView,
} from '../service/views';
import { HandlerDependencies } from './HandlerDependencies';
import { audited } from './requests';

type ApiRequest = Parameters<HandlerDependencies['access']['caller']>[0];

/** Steps that only start work again; the rest are the owner's decisions. */
const NOT_A_DECISION = ['retry', 'simulate'];

/** One target: what is known of it, and what people decide about it. */
export function targetHandlers(
  dependencies: HandlerDependencies,
): Pick<ApiHandlers, 'getTarget' | 'actOnTarget'> {
  const { access, stores, decisions } = dependencies;
  return {
    async getTarget({ request, path }) {
      const caller = await access.require(request, migrationReadPermission);
      return detail(
        dependencies,
        await stores.targets.get(path.targetId),
        caller,
      );
    },

    async actOnTarget({ request, path, body }) {
      const action = TargetDecisions.parse(path.action);
      const target = await stores.targets.get(path.targetId);
      const caller = await callerOf(dependencies, request, target, action);
      const migration = await stores.migrations.get(target.migrationId);
      return audited(
        dependencies,
        request,
        `target-${action}`,
        { targetId: target.id, digest: body.digest, reason: body.reason },
        async () =>
          detail(
            dependencies,
            await decisions.decide(
              target,
              migration,
              action,
              body,
              caller.actor,
            ),
            caller,
          ),
      );
    },
  };
}

function callerOf(
  dependencies: HandlerDependencies,
  request: ApiRequest,
  target: TargetRecord,
  action: TargetAction,
): Promise<Caller> {
  const { access } = dependencies;
  if (action === 'roll-back') {
    return access.require(request, migrationRollBackPermission);
  }
  return NOT_A_DECISION.includes(action)
    ? requireWorker(dependencies, request, target)
    : access.requireDecision(request, target);
}

/** The owner may start work on their target again, and so may who rolls out. */
async function requireWorker(
  { access }: HandlerDependencies,
  request: ApiRequest,
  target: TargetRecord,
): Promise<Caller> {
  const caller = await access.caller(request);
  return (await access.mayDecide(caller, target))
    ? caller
    : access.require(request, migrationPublishPermission);
}

async function detail(
  dependencies: HandlerDependencies,
  target: TargetRecord,
  caller: Caller,
): Promise<Api.TargetDetail> {
  const { stores } = dependencies;
  const change = target.changeId
    ? await stores.changes.get(target.changeId)
    : undefined;
  const approval = await stores.changes.currentApproval(target.id);
  return {
    target: targetView(target, dependencies.repositoryUrl, change?.digest),
    change: change && changeView(change),
    approval: approval && approvalView(approval),
    answers: target.answers,
    runs: (await stores.runs.listForTarget(target.id)).map(runView),
    allowed: await allowed(dependencies, target, caller),
  };
}

async function allowed(
  { access, decisions, stores }: HandlerDependencies,
  target: TargetRecord,
  caller: Caller,
): Promise<Api.TargetDetail['allowed']> {
  if (!(await access.mayDecide(caller, target))) {
    return { approve: false, reason: whoMayDecide(target) };
  }
  const migration = await stores.migrations.get(target.migrationId);
  const reason = await decisions.whyNotApprove(target, migration, caller.actor);
  return { approve: !reason, reason };
}
