import { useApi, identityApiRef } from '@backstage/core-plugin-api';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { waitingForPeople } from '../lib/progressSegments';
import { useMigrationApi } from './useMigrationApi';
import { usePolled } from './usePolled';

/** Whether the signed-in person may decide on anything that waits for review. */
export interface ReviewRefusal {
  /** True until the first answer is there. */
  loading: boolean;
  /** Who may, where this person may not. */
  refusal?: string;
}

/**
 * Asks the backend about one waiting target that this person owns, or where they own
 * none about any: what it says of that one (an owner who may not, an admin who may) is
 * so for the others.
 */
export function useReviewRefusal(migration: Api.Migration): ReviewRefusal {
  const api = useMigrationApi();
  const identity = useApi(identityApiRef);
  const { reviews, questions } = waitingForPeople(migration.progress.counts);
  const waiting = reviews + questions;
  const polled = usePolled({
    key:
      migration.state === 'active' && waiting > 0
        ? `may review ${migration.id} ${waiting}`
        : undefined,
    load: async signal => {
      const { ownershipEntityRefs } = await identity.getBackstageIdentity();
      const path = { migrationId: migration.id };
      const query = {
        state: ['simulated'],
        blocked: ['review', 'question'],
        limit: 1,
      };
      const owned =
        ownershipEntityRefs.length > 0
          ? await api.listTargets(
              { path, query: { ...query, owner: ownershipEntityRefs } },
              { signal },
            )
          : { items: [] };
      const [target] =
        owned.items.length > 0
          ? owned.items
          : (await api.listTargets({ path, query }, { signal })).items;
      if (!target) {
        return { refusal: 'Nothing waits for review any more.' };
      }
      const { allowed } = await api.getTarget(
        { path: { targetId: target.id } },
        { signal },
      );
      return {
        refusal: allowed.approve
          ? undefined
          : allowed.reason ?? 'Only the owners of the consumers may decide.',
      };
    },
  });
  // Where nobody can say who may, reviewing is offered: the backend decides again.
  return { loading: polled.loading, refusal: polled.value?.refusal };
}
