import { Api } from 'backstage-plugin-dataset-migration-common';
import { PermissionRefusals } from '../hooks/usePermissionRefusals';

/** An action on a whole migration. */
export interface MigrationAction {
  id: string;
  label: string;
  /** `optional` or `required` text that is kept in the activity. */
  reason?: 'optional' | 'required';
  permission: keyof PermissionRefusals;
}

const START: MigrationAction = {
  id: 'start',
  label: 'Start the migration',
  permission: 'simulate',
};
const PAUSE: MigrationAction = {
  id: 'pause',
  label: 'Pause',
  reason: 'optional',
  permission: 'publish',
};
const CANCEL: MigrationAction = {
  id: 'cancel',
  label: 'Cancel the migration',
  reason: 'required',
  permission: 'administer',
};
const ROLL_BACK: MigrationAction = {
  id: 'roll-back',
  label: 'Roll back everything',
  reason: 'required',
  permission: 'rollBack',
};

/** What may be done beside the next step, by state, as the table of states allows. */
export function menuActions(migration: Api.Migration): MigrationAction[] {
  const through = migration.progress.counts.some(
    count =>
      count.state === 'open' ||
      count.state === 'merged' ||
      count.outcome === 'migrated',
  );
  switch (migration.state) {
    case 'draft':
      return [
        {
          id: 'discard',
          label: 'Discard the draft',
          reason: 'optional',
          permission: 'administer',
        },
      ];
    case 'active':
      return [
        PAUSE,
        ...(through ? [ROLL_BACK] : []),
        CANCEL,
        {
          id: 'end-incomplete',
          label: 'End incomplete',
          reason: 'required',
          permission: 'administer',
        },
      ];
    case 'paused':
    case 'halted':
      return [
        {
          id: 'resume',
          label: 'Resume',
          reason: migration.state === 'halted' ? 'required' : 'optional',
          permission: 'publish',
        },
        ...(through ? [ROLL_BACK] : []),
        CANCEL,
      ];
    case 'ended':
      return through && ['done', 'incomplete'].includes(migration.outcome ?? '')
        ? [ROLL_BACK]
        : [];
    default:
      return [];
  }
}

/** The next step as an action; undefined where it leads to a list or there is none. */
export function primaryAction(
  migration: Api.Migration,
): MigrationAction | undefined {
  const { action, label } = migration.nextStep;
  switch (action) {
    case 'start':
      return { ...START, label: label || START.label };
    case 'simulate':
      return { id: 'simulate', label, permission: 'simulate' };
    case 'publish':
      return { id: 'publish', label, permission: 'publish' };
    default:
      return undefined;
  }
}

/** True while numbers on the screen may change by themselves. */
export function migrationMoves(migration: Api.Migration): boolean {
  return migration.state !== 'draft' && migration.state !== 'ended';
}
