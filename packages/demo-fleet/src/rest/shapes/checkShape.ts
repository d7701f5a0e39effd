import type { ForgeContext } from '../../server/ForgeContext';
import type {
  CheckRunRecord,
  HookRecord,
  RepositoryRecord,
  StatusRecord,
} from '../../store/records';
import { nodeId, userShape } from './userShape';

/** GitHub's `check-run`. */
export function checkRunShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  run: CheckRunRecord,
) {
  const url = `${context.urls.repositoryApi(repository)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    name: run.name,
    external_id: run.externalId ?? '',
    url,
    html_url: `${context.urls.repositoryHtml(repository)}/runs/${run.id}`,
    details_url: run.detailsUrl ?? null,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt ?? null,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.output?.title ?? null,
      summary: run.output?.summary ?? null,
      text: run.output?.text ?? null,
      annotations_count: 0,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: repository.id },
    app: null,
    pull_requests: [],
  };
}

/** GitHub's `status`. */
export function statusShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  status: StatusRecord,
) {
  const creator = context.accounts.get(status.creator);
  return {
    url: `${context.urls.repositoryApi(repository)}/statuses/${status.sha}`,
    avatar_url: userShape(context.urls, creator).avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description ?? null,
    target_url: status.targetUrl ?? null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    creator: userShape(context.urls, creator),
  };
}

/** GitHub's `hook`. The secret is never shown. */
export function hookShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  hook: HookRecord,
) {
  const url = `${context.urls.repositoryApi(repository)}/hooks/${hook.id}`;
  return {
    type: 'Repository',
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: {
      url: hook.url,
      content_type: hook.contentType,
      insecure_ssl: '0',
      ...(hook.secret ? { secret: '********' } : {}),
    },
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    created_at: hook.createdAt,
    updated_at: hook.createdAt,
    last_response: { code: null, status: 'unused', message: null },
  };
}
