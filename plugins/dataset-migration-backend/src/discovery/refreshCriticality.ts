import { isError } from '@backstage/errors';
import { TargetRecord } from '../database/records';
import { TargetStore } from '../database/stores';

/** Tells known targets how critical their consumers are by now; it is not a step of theirs. */
export async function refreshCriticality(
  targets: Pick<TargetStore, 'iterate' | 'update'>,
  migrationId: string,
  found: TargetRecord[],
): Promise<void> {
  const now = new Map(found.map(each => [each.consumer, each.criticality]));
  for await (const batch of targets.iterate({ migrationId })) {
    for (const known of batch) {
      const { consumer, updatedAt } = known;
      if (!consumer || !now.has(consumer)) continue;
      const criticality = now.get(consumer);
      if (criticality === known.criticality) continue;
      try {
        await targets.update(known, { criticality, updatedAt });
      } catch (error) {
        // It moved meanwhile; the next discovery tells it.
        if (!isError(error) || error.name !== 'ConflictError') throw error;
      }
    }
  }
}
