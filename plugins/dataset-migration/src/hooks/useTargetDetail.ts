import { Api } from 'backstage-plugin-dataset-migration-common';
import { targetMoves } from '../lib/targetText';
import { useMigrationApi } from './useMigrationApi';
import { Polled, usePolled } from './usePolled';

/** A target with its change, evidence and runs, read again while it moves. */
export function useTargetDetail(
  targetId: string | undefined,
): Polled<Api.TargetDetail> {
  const api = useMigrationApi();
  return usePolled({
    key: targetId && `target ${targetId}`,
    load: signal =>
      api.getTarget({ path: { targetId: targetId ?? '' } }, { signal }),
    live: detail => targetMoves(detail.target),
  });
}
