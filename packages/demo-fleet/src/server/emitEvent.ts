import { fullRepositoryShape } from '../rest/shapes/repositoryShape';
import { userShape } from '../rest/shapes/userShape';
import type { RepositoryRecord } from '../store/records';
import type { ForgeContext } from './ForgeContext';

/** Sends an event to the organisation's webhook and to the hooks of the repository. */
export function emitEvent(
  context: ForgeContext,
  repository: RepositoryRecord,
  actor: string,
  event: string,
  payload: Record<string, unknown>,
): void {
  const targets = context.store
    .all('hook')
    .filter(hook => hook.repositoryId === repository.id && hook.active)
    .map(hook => ({
      id: hook.id,
      url: hook.url,
      secret: hook.secret,
      events: hook.events,
    }));
  if (context.organizationHook) {
    targets.push({
      id: context.organizationHook.id,
      url: context.organizationHook.url,
      secret: context.organizationHook.secret,
      events: context.organizationHook.events,
    });
  }
  context.webhooks.send(
    targets,
    event,
    {
      ...payload,
      repository: fullRepositoryShape(context, repository),
      organization: {
        login: repository.owner,
        id: context.accounts.get(repository.owner).id,
        url: `${context.urls.api}/orgs/${repository.owner}`,
      },
      sender: userShape(context.urls, context.accounts.get(actor)),
    },
    `${repository.owner}/${repository.name}`,
  );
}
