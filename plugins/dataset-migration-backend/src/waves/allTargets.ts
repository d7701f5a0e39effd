import { TargetRecord } from '../database/records';
import { TargetStore } from '../database/stores';

/** All targets of one migration. */
export async function allTargets(
  targets: Pick<TargetStore, 'iterate'>,
  migrationId: string,
): Promise<TargetRecord[]> {
  const all: TargetRecord[] = [];
  for await (const batch of targets.iterate({ migrationId })) {
    all.push(...batch);
  }
  return all;
}
