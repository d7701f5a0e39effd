import { Api } from 'backstage-plugin-dataset-migration-common';
import { PermissionRefusals } from '../hooks/usePermissionRefusals';

/** An action on a whole migration. */
export interface MigrationAction {
  id: string;
  label: string;
  /** `optional` or `required` text that is kept in the activity. */
  reason?: 'optional' | 'required';
  permission: Exclude<keyof PermissionRefusals, 'loading'>;
}

/** Looks for consumers; what follows begins there. */
export const START: MigrationAction = {
  id: 'start',
  label: 'Find consumers',
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
      return [...(through ? [ROLL_BACK] : []), CANCEL];
    case 'ended':
      return through && ['done', 'incomplete'].includes(migration.outcome ?? '')
        ? [ROLL_BACK]
        : [];
    default:
      return [];
  }
}

/** Goes on after a pause; after a halt somebody says why it is safe to. */
export function resumeAction(state: 'paused' | 'halted'): MigrationAction {
  return {
    id: 'resume',
    label: 'Resume',
    reason: state === 'halted' ? 'required' : 'optional',
    permission: 'publish',
  };
}

/** True while numbers on the screen may change by themselves. */
export function migrationMoves(migration: Api.Migration): boolean {
  return migration.state !== 'draft' && migration.state !== 'ended';
}
