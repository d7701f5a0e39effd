import { findTransition } from './findTransition';
import {
  MIGRATION_GUARDS,
  MIGRATION_TRANSITIONS,
  MigrationContext,
  MigrationEvent,
  MigrationPosition,
} from './migrationStates';

/**
 * Where an event takes a migration or a campaign.
 *
 * @throws IllegalTransitionError when the state does not take the event or a guard fails.
 */
export function transitionMigration(
  current: MigrationPosition,
  event: MigrationEvent,
  context: MigrationContext = {},
): MigrationPosition {
  const row = findTransition(
    'migration',
    MIGRATION_TRANSITIONS,
    MIGRATION_GUARDS,
    current,
    event,
    context,
  );
  return {
    state: row.to === 'same' ? current.state : row.to,
    ...(row.outcome && { outcome: row.outcome }),
  };
}
