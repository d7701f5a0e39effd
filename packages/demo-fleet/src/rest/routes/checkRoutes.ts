import type { Router } from 'express';
import { emitEvent } from '../../server/emitEvent';
import type { ForgeContext } from '../../server/ForgeContext';
import type {
  CheckRunRecord,
  RepositoryRecord,
  StatusRecord,
} from '../../store/records';
import { timestamp } from '../../store/timestamp';
import { GithubError, notFound, validationFailed } from '../GithubError';
import { bodyOf, queryOf, requiredTextOf, textOf } from '../requestInput';
import { pageItems } from '../sendPage';
import { checkRunShape, statusShape } from '../shapes/checkShape';
import { minimalRepositoryShape } from '../shapes/repositoryShape';
import { readableRepository, writableRepository } from '../viewer';

const STATUSES = ['queued', 'in_progress', 'completed'];
const CONCLUSIONS = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
];

async function shaOf(
  context: ForgeContext,
  repository: RepositoryRecord,
  ref: string,
): Promise<string> {
  const sha = await context.repositories.git(repository).resolve(ref);
  if (!sha) {
    throw notFound();
  }
  return sha;
}

/** The newest status of each context. */
function latestStatuses(
  context: ForgeContext,
  repository: RepositoryRecord,
  sha: string,
): StatusRecord[] {
  const latest = new Map<string, StatusRecord>();
  for (const status of context.store.all('status')) {
    if (status.repositoryId === repository.id && status.sha === sha) {
      latest.set(status.context, status);
    }
  }
  return [...latest.values()];
}

function combinedState(statuses: readonly StatusRecord[]): string {
  if (statuses.some(({ state }) => state === 'error' || state === 'failure')) {
    return 'failure';
  }
  const passed =
    statuses.length > 0 && statuses.every(({ state }) => state === 'success');
  return passed ? 'success' : 'pending';
}

function checkRunIn(
  body: Record<string, unknown>,
  known: Omit<CheckRunRecord, 'status'> & { status?: string },
): CheckRunRecord {
  const conclusion = textOf(body, 'conclusion') ?? known.conclusion;
  const status =
    textOf(body, 'status') ??
    (conclusion ? 'completed' : known.status ?? 'queued');
  if (
    !STATUSES.includes(status) ||
    (conclusion && !CONCLUSIONS.includes(conclusion)) ||
    (status === 'completed' && !conclusion)
  ) {
    throw validationFailed({
      resource: 'CheckRun',
      field: conclusion ? 'conclusion' : 'status',
      code: 'invalid',
    });
  }
  const output = (body.output ?? {}) as Record<string, unknown>;
  const completed = status === 'completed' ? timestamp() : undefined;
  return {
    ...known,
    status,
    conclusion,
    startedAt: textOf(body, 'started_at') ?? known.startedAt ?? timestamp(),
    completedAt: textOf(body, 'completed_at') ?? completed,
    detailsUrl: textOf(body, 'details_url') ?? known.detailsUrl,
    externalId: textOf(body, 'external_id') ?? known.externalId,
    output: {
      title: textOf(output, 'title') ?? known.output?.title,
      summary: textOf(output, 'summary') ?? known.output?.summary,
      text: textOf(output, 'text') ?? known.output?.text,
    },
  };
}

function keepCheckRun(
  context: ForgeContext,
  repository: RepositoryRecord,
  actor: string,
  run: CheckRunRecord,
) {
  context.store.put('checkRun', run);
  const shape = checkRunShape(context, repository, run);
  context.log.write('check', {
    actor,
    repository: `${repository.owner}/${repository.name}`,
    name: run.name,
    headSha: run.headSha,
    status: run.status,
    conclusion: run.conclusion,
  });
  emitEvent(context, repository, actor, 'check_run', {
    action: run.status === 'completed' ? 'completed' : 'created',
    check_run: shape,
  });
  return shape;
}

/** Check runs and commit statuses. */
export function checkRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo';

  router.post(`${base}/check-runs`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const body = bodyOf(request);
    const headSha = requiredTextOf(body, 'head_sha');
    const git = context.repositories.git(repository);
    if ((await git.objectType(headSha)) !== 'commit') {
      throw new GithubError(422, `No commit found for SHA: ${headSha}`);
    }
    const run = checkRunIn(body, {
      id: context.store.nextId(),
      repositoryId: repository.id,
      headSha,
      name: requiredTextOf(body, 'name'),
    });
    response
      .status(201)
      .json(keepCheckRun(context, repository, viewer.login, run));
  });

  router.patch(`${base}/check-runs/:run(\\d+)`, (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const known = context.store.get('checkRun', Number(request.params.run));
    if (!known || known.repositoryId !== repository.id) {
      throw notFound();
    }
    const run = checkRunIn(bodyOf(request), known);
    response.json(keepCheckRun(context, repository, viewer.login, run));
  });

  router.get(
    `${base}/commits/:ref(.+)/check-runs`,
    async (request, response) => {
      const repository = readableRepository(context, request, response);
      const sha = await shaOf(context, repository, request.params.ref);
      const name = queryOf(request, 'check_name');
      const status = queryOf(request, 'status');
      const latest = new Map<string, CheckRunRecord>();
      for (const run of context.store.all('checkRun')) {
        if (
          run.repositoryId === repository.id &&
          run.headSha === sha &&
          (!name || run.name === name) &&
          (!status || run.status === status)
        ) {
          const all = queryOf(request, 'filter') === 'all';
          latest.set(all ? String(run.id) : run.name, run);
        }
      }
      const runs = [...latest.values()];
      response.json({
        total_count: runs.length,
        check_runs: pageItems(context, request, response, runs).map(run =>
          checkRunShape(context, repository, run),
        ),
      });
    },
  );

  router.post(`${base}/statuses/:sha`, async (request, response) => {
    const { repository, viewer } = writableRepository(
      context,
      request,
      response,
    );
    const body = bodyOf(request);
    const { sha } = request.params;
    const state = requiredTextOf(body, 'state');
    const git = context.repositories.git(repository);
    if ((await git.objectType(sha)) !== 'commit') {
      throw new GithubError(422, `No commit found for SHA: ${sha}`);
    }
    if (!['error', 'failure', 'pending', 'success'].includes(state)) {
      throw validationFailed({
        resource: 'Status',
        field: 'state',
        code: 'custom',
        message: 'state is not included in the list',
      });
    }
    const status = context.store.put('status', {
      id: context.store.nextId(),
      repositoryId: repository.id,
      sha,
      state,
      context: textOf(body, 'context') ?? 'default',
      description: textOf(body, 'description'),
      targetUrl: textOf(body, 'target_url'),
      creator: viewer.login,
      createdAt: timestamp(),
    });
    response.status(201).json(statusShape(context, repository, status));
  });

  router.get(`${base}/commits/:ref(.+)/status`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const sha = await shaOf(context, repository, request.params.ref);
    const statuses = latestStatuses(context, repository, sha);
    const api = context.urls.repositoryApi(repository);
    response.json({
      state: combinedState(statuses),
      statuses: pageItems(context, request, response, statuses).map(status =>
        statusShape(context, repository, status),
      ),
      sha,
      total_count: statuses.length,
      repository: minimalRepositoryShape(context, repository),
      commit_url: `${api}/commits/${sha}`,
      url: `${api}/commits/${sha}/status`,
    });
  });
}
