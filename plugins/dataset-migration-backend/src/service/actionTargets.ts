import { TargetRecord } from '../database/records';
import { repositoryKey } from '../domain/repositoryKey';
import { isWaiting } from '../waves/WavePublisher';

/** What people can do to a whole migration. */
export const MIGRATION_ACTIONS = [
  'start',
  'discover',
  'simulate',
  'publish',
  'pause',
  'resume',
  'cancel',
  'discard',
  'roll-back',
  'end-incomplete',
] as const;
export type MigrationAction = (typeof MIGRATION_ACTIONS)[number];

/** Outcomes that have nothing left to take back. */
const OVER = ['migrated'];

/** The targets that an action moves, of all of a migration; `openTo` is the last wave that is then open. */
export function actionTargets(
  action: MigrationAction,
  targets: TargetRecord[],
  { targetIds, openTo = 0 }: { targetIds?: string[]; openTo?: number } = {},
): TargetRecord[] {
  const chosen = targetIds ? new Set(targetIds) : undefined;
  const all = chosen ? targets.filter(each => chosen.has(each.id)) : targets;
  switch (action) {
    case 'simulate':
      return all.filter(
        each =>
          each.state === 'pending' ||
          (chosen !== undefined && each.state === 'simulated'),
      );
    case 'publish':
      // What waits in open waves is published by itself, whatever was chosen.
      return targets.filter(each => isWaiting(each) && each.wave <= openTo);
    case 'cancel':
      return all.filter(
        each => !['ended', 'merged', 'reverting'].includes(each.state),
      );
    case 'roll-back':
      return all.filter(
        each =>
          each.state !== 'reverting' &&
          (each.state !== 'ended' || OVER.includes(each.outcome ?? '')),
      );
    default:
      return [];
  }
}

/** What the action will do, in numbers and for people. */
export function describeEffect(
  action: MigrationAction,
  moved: TargetRecord[],
): { targets: number; repositories: number; owners: number; message: string } {
  const repositories = distinct(
    moved.map(each => repositoryKey(each.repository)),
  );
  const owners = distinct(moved.map(each => each.owner));
  const count = moved.length;
  const where = `in ${plural(
    repositories,
    'repository',
    'repositories',
  )} of ${plural(owners, 'team', 'teams')}`;
  return { targets: count, repositories, owners, message: sentence() };

  function sentence(): string {
    switch (action) {
      case 'start':
        return 'Looks for every consumer of the dataset; nothing outside the portal changes.';
      case 'discover':
        return 'Looks for consumers again and adds those that are new.';
      case 'simulate':
        return `Writes and verifies the change for ${plural(
          count,
          'consumer',
          'consumers',
        )} ${where}; nothing outside the runs' workspaces changes.`;
      case 'publish':
        return `Opens ${plural(
          count,
          'pull request',
          'pull requests',
        )} ${where}; none is merged. Later waves open by themselves.`;
      case 'roll-back':
        return rollBackSentence(moved);
      case 'cancel':
        return `Ends the migration: closes ${plural(
          moved.filter(isOpen).length,
          'open pull request',
          'open pull requests',
        )}; merged changes stay.`;
      case 'pause':
        return 'Nothing new starts until you resume; what runs may finish.';
      case 'resume':
        return 'Goes on where it was paused.';
      case 'discard':
        return 'Throws the draft away.';
      default:
        return 'Ends the migration although readers remain; they stay on record.';
    }
  }
}

function rollBackSentence(moved: TargetRecord[]): string {
  const open = moved.filter(
    each => each.state === 'publishing' || isOpen(each),
  ).length;
  const merged = moved.filter(isMerged).length;
  const rest = moved.length - open - merged;
  return `Closes ${plural(
    open,
    'open pull request',
    'open pull requests',
  )} and deletes their branches, opens ${plural(
    merged,
    'reverse pull request',
    'reverse pull requests',
  )}, cancels ${plural(rest, 'other target', 'other targets')}.`;
}

/** What still had reads after the merge is made again, and its first change is merged. */
function isMerged(target: TargetRecord): boolean {
  return (
    target.state === 'merged' ||
    target.outcome === 'migrated' ||
    (target.state !== 'publishing' &&
      target.pullRequest?.state === 'merged' &&
      !target.revert)
  );
}

/** What is made again after a conflict has its pull request still. */
function isOpen(target: TargetRecord): boolean {
  return target.state === 'open' || target.pullRequest?.state === 'open';
}

function distinct(values: Array<string | undefined>): number {
  return new Set(values.filter(Boolean)).size;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
