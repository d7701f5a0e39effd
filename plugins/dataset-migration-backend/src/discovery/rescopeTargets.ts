import { isError } from '@backstage/errors';
import { TargetRecord } from '../database/records';
import { ChangeStore, TargetStore } from '../database/stores';
import { TargetEvents } from '../domain/services';
import { ownsFile } from '../rollout/targetFiles';

const MESSAGE =
  'A later discovery found another consumer that owns some of its files: it is simulated again without them.';
const TRIES = 3;

export interface RescopeOptions {
  targets: Pick<TargetStore, 'findDiscovered' | 'update'>;
  changes: Pick<ChangeStore, 'get' | 'voidApprovals'>;
  moves: Pick<TargetEvents, 'apply'>;
}

/**
 * Tells known targets which of their files a later discovery gave to others. The next job of
 * each leaves them out; a change that touches them is made again. Nothing is given back: who
 * is found no more still has its target.
 */
export async function rescopeTargets(
  options: RescopeOptions,
  found: TargetRecord[],
): Promise<void> {
  for (const target of found) {
    if (target.excludedPaths.length) await rescope(options, target);
  }
}

async function rescope(
  options: RescopeOptions,
  found: TargetRecord,
): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    const known = await options.targets.findDiscovered(found);
    const excludedPaths = [
      ...new Set([...(known?.excludedPaths ?? []), ...found.excludedPaths]),
    ];
    if (!known || excludedPaths.length === known.excludedPaths.length) return;
    try {
      const updated = await options.targets.update(known, {
        excludedPaths,
        // It did not move: what waits since then waits on.
        updatedAt: known.updatedAt,
      });
      await makeAgain(options, updated);
      return;
    } catch (error) {
      // It moved meanwhile: looked at again as it is now.
      if (left <= 1 || !isError(error) || error.name !== 'ConflictError') {
        throw error;
      }
    }
  }
}

async function makeAgain(
  { changes, moves }: RescopeOptions,
  target: TargetRecord,
): Promise<void> {
  const { state, changeId } = target;
  if (!changeId || !['simulated', 'approved'].includes(state)) return;
  const { files } = await changes.get(changeId);
  if (files.every(({ path }) => ownsFile(target, path))) return;
  await changes.voidApprovals(target.id, MESSAGE);
  await moves.apply(target, 'base-changed', {
    reason: 'SCOPE_CHANGED',
    message: MESSAGE,
  });
}
