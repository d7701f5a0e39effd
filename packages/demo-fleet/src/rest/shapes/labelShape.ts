import type { ForgeContext } from '../../server/ForgeContext';
import type { RepositoryRecord } from '../../store/records';
import { nodeId } from './userShape';

/** GitHub's `label`; the label is created with the first use of its name, as GitHub does. */
export function labelShape(
  context: ForgeContext,
  repository: RepositoryRecord,
  name: string,
) {
  const known = context.store
    .all('label')
    .find(label => label.repositoryId === repository.id && label.name === name);
  const label =
    known ??
    context.store.put('label', {
      id: context.store.nextId(),
      repositoryId: repository.id,
      name,
    });
  return {
    id: label.id,
    node_id: nodeId('Label', label.id),
    url: `${context.urls.repositoryApi(repository)}/labels/${encodeURIComponent(
      name,
    )}`,
    name,
    color: 'ededed',
    default: false,
    description: '',
  };
}
