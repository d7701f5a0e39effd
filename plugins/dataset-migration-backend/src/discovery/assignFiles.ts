import { TargetRecord } from '../database/records';

type FileOwner = Pick<
  TargetRecord,
  'id' | 'repository' | 'paths' | 'excludedPaths' | 'consumer' | 'message'
>;

/**
 * Gives every file of a repository to exactly one target: the longest matching path wins,
 * so a target leaves out the narrower paths of others. Several consumers with the same
 * paths become one target, the first by name, which says whose files it shares.
 */
export function assignFiles<T extends FileOwner>(targets: T[]): T[] {
  const byRepository = new Map<string, T[]>();
  const assigned: T[] = [];
  for (const target of targets) {
    if (!target.repository) {
      assigned.push(target);
      continue;
    }
    const others = byRepository.get(target.repository) ?? [];
    others.push(target);
    byRepository.set(target.repository, others);
  }
  for (const inRepository of byRepository.values()) {
    assigned.push(...assignInRepository(inRepository));
  }
  return assigned;
}

function assignInRepository<T extends FileOwner>(targets: T[]): T[] {
  const byPaths = new Map<string, T[]>();
  for (const target of targets) {
    const key = [...target.paths].sort().join('\n');
    byPaths.set(key, [...(byPaths.get(key) ?? []), target]);
  }
  const owners = [...byPaths.values()].map(group => mergeTies(group));
  return owners.map(owner => ({
    ...owner,
    excludedPaths: owners
      .filter(other => other !== owner && isNarrower(other, owner))
      .flatMap(other => other.paths),
  }));
}

function mergeTies<T extends FileOwner>(group: T[]): T {
  const [first, ...rest] = [...group].sort((a, b) =>
    (a.consumer ?? '').localeCompare(b.consumer ?? ''),
  );
  if (!rest.length) return first;
  const names = rest.map(other => other.consumer ?? 'no entity').join(', ');
  return { ...first, message: `Shares its files with ${names}.` };
}

/** Whether some path of `a` lies inside what `b` covers. */
function isNarrower(a: FileOwner, b: FileOwner): boolean {
  const prefixes = b.paths.length ? b.paths.map(literalPrefix) : [''];
  return a.paths.some(path =>
    prefixes.some(
      prefix =>
        literalPrefix(path).startsWith(prefix) &&
        literalPrefix(path).length > prefix.length,
    ),
  );
}

function literalPrefix(glob: string): string {
  return glob.split(/[*?[{]/, 1)[0];
}
