import {
  CRITICALITIES,
  Criticality,
} from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { repositoryKey } from '../domain/repositoryKey';

type FileOwner = Pick<
  TargetRecord,
  | 'id'
  | 'repository'
  | 'paths'
  | 'excludedPaths'
  | 'consumer'
  | 'message'
  | 'criticality'
>;

/**
 * Gives every file of a repository to exactly one target: the narrower path wins, so a
 * target leaves out the narrower paths of others. Several consumers with the same
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
    const key = repositoryKey(target.repository);
    const others = byRepository.get(key) ?? [];
    others.push(target);
    byRepository.set(key, others);
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
  const first: T[] = [];
  return inOrderOfChoice(owners).map(owner => {
    // Each leaves out what those before it took, so no file is taken twice or by nobody.
    const taken = first.flatMap(other => other.paths);
    first.push(owner);
    return {
      ...owner,
      excludedPaths: taken.filter(path => isReachable(path, owner)),
    };
  });
}

/** Narrower targets first; where two are narrower than each other, the more precise one. */
function inOrderOfChoice<T extends FileOwner>(owners: T[]): T[] {
  const waiting = [...owners].sort(byPrecision);
  const ordered: T[] = [];
  while (waiting.length) {
    const free = waiting.findIndex(
      each =>
        !waiting.some(
          other =>
            other !== each &&
            isNarrower(other, each) &&
            !isNarrower(each, other),
        ),
    );
    ordered.push(...waiting.splice(Math.max(free, 0), 1));
  }
  return ordered;
}

function byPrecision(a: FileOwner, b: FileOwner): number {
  const longest = ({ paths }: FileOwner) =>
    Math.max(0, ...paths.map(path => literalPrefix(path).length));
  // The whole repository gives way to everything else.
  return (
    Number(a.paths.length === 0) - Number(b.paths.length === 0) ||
    Number(endsInEverything(a)) - Number(endsInEverything(b)) ||
    longest(b) - longest(a) ||
    a.paths.length - b.paths.length ||
    a.id.localeCompare(b.id)
  );
}

function endsInEverything({ paths }: FileOwner): boolean {
  return paths.some(path => path.endsWith('**'));
}

function mergeTies<T extends FileOwner>(group: T[]): T {
  const [first, ...rest] = [...group].sort((a, b) =>
    (a.consumer ?? '').localeCompare(b.consumer ?? ''),
  );
  if (!rest.length) return first;
  const names = rest.map(other => other.consumer ?? 'no entity').join(', ');
  const shares = `Shares its files with ${names}.`;
  return {
    ...first,
    criticality: mostCritical(group),
    message: first.message ? `${first.message} ${shares}` : shares,
  };
}

/** One change for several consumers goes with the most critical of them. */
function mostCritical(group: FileOwner[]): Criticality | undefined {
  const known = group.flatMap(each => each.criticality ?? []);
  return CRITICALITIES.findLast(each => known.includes(each));
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

/** Whether `path` and what the target covers can have a file in common. */
function isReachable(path: string, { paths }: FileOwner): boolean {
  const prefix = literalPrefix(path);
  return (
    paths.length === 0 ||
    paths
      .map(literalPrefix)
      .some(own => own.startsWith(prefix) || prefix.startsWith(own))
  );
}

function literalPrefix(glob: string): string {
  return glob.replace(/^\.?\//, '').split(/[*?[{]/, 1)[0];
}
