import { pullShape } from '../rest/shapes/pullShape';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { emitEvent } from './emitEvent';
import type { ForgeContext } from './ForgeContext';
import { pullDetails } from './pullDetails';

/** Keeps a changed pull request, logs the action and tells the webhooks. */
export async function changePull(options: {
  context: ForgeContext;
  repository: RepositoryRecord;
  pull: PullRecord;
  /** Laid over the record as it is now, which may be newer than `pull`. */
  change?: Partial<PullRecord>;
  actor: string;
  /** Action of the `pull_request` event; absent for a change that raises none. */
  action?: string;
  payload?: Record<string, unknown>;
}): Promise<PullRecord> {
  const { context, repository, actor, action } = options;
  const pull = context.store.put('pull', {
    ...(context.store.get('pull', options.pull.id) ?? options.pull),
    ...options.change,
    updatedAt: timestamp(),
  });
  if (action) {
    context.log.write('pull', {
      action: action === 'closed' && pull.mergedAt ? 'merged' : action,
      actor,
      repository: `${repository.owner}/${repository.name}`,
      number: pull.number,
      title: pull.title,
      head: pull.headRef,
      headSha: pull.headSha,
      base: pull.baseRef,
      ...(pull.mergeCommitSha ? { mergeCommitSha: pull.mergeCommitSha } : {}),
    });
    emitEvent(context, repository, actor, 'pull_request', {
      action,
      number: pull.number,
      pull_request: pullShape(
        context,
        repository,
        pull,
        await pullDetails(context, repository, pull),
      ),
      ...options.payload,
    });
  }
  return pull;
}
