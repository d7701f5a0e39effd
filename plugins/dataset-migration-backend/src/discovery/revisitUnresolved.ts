import { TargetRecord } from '../database/records';
import { TargetStore } from '../database/stores';
import { repositoryKey } from '../domain/repositoryKey';
import { TargetEvents } from '../domain/services';

/**
 * Looks again at the targets that an earlier discovery could not reach. What is now known
 * of their code is put down with them, instead of as a second target of the same consumer.
 *
 * @returns what was found and is no such target, to be inserted.
 */
export async function revisitUnresolved(
  options: {
    targets: Pick<TargetStore, 'iterate' | 'update'>;
    moves: Pick<TargetEvents, 'apply'>;
  },
  migrationId: string,
  found: TargetRecord[],
): Promise<TargetRecord[]> {
  const byName = new Map(found.map(each => [nameOf(each), each]));
  const revisited = new Set<TargetRecord>();
  const unresolved = options.targets.iterate({
    migrationId,
    state: ['unresolved'],
  });
  for await (const batch of unresolved) {
    for (const old of batch) {
      const now = byName.get(nameOf(old));
      if (!now) continue;
      revisited.add(now);
      await revisit(options, old, now);
    }
  }
  return found.filter(each => !revisited.has(each));
}

async function revisit(
  { targets, moves }: Parameters<typeof revisitUnresolved>[0],
  old: TargetRecord,
  now: TargetRecord,
): Promise<void> {
  const { owner, system, repository, paths, excludedPaths, discoveredBy } = now;
  const { reason, message, blocked } = now;
  const isReachable = now.state === 'pending';
  const isSame = repositoryKey(old.repository) === repositoryKey(repository);
  if (!isReachable && isSame && old.reason === reason) return;
  const updated = await targets.update(old, {
    owner,
    system,
    repository,
    paths,
    excludedPaths,
    discoveredBy,
    reason,
    message,
  });
  if (isReachable) {
    await moves.apply(updated, 'repository-found', { blocked, message });
  }
}

function nameOf(target: TargetRecord): string | undefined {
  return target.consumer ?? repositoryKey(target.repository);
}
