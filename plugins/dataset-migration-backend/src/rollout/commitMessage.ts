import {
  ChangeRecord,
  MigrationRecord,
  TargetRecord,
} from '../database/records';

/**
 * The message of our commit: only values of ours, so that the same change gives the same
 * commit whatever people do to titles meanwhile.
 */
export function commitMessage(
  migration: Pick<MigrationRecord, 'id' | 'dataset'>,
  target: Pick<TargetRecord, 'id'>,
  change: Pick<ChangeRecord, 'digest'>,
): string {
  return [
    `Migrate reads of ${oneLine(migration.dataset)}`,
    '',
    `Dataset-Migration: ${oneLine(migration.id)}/${oneLine(target.id)}`,
    `Dataset-Migration-Digest: ${oneLine(change.digest)}`,
    '',
  ].join('\n');
}

export function revertMessage(
  migration: Pick<MigrationRecord, 'id' | 'dataset'>,
  target: Pick<TargetRecord, 'id'>,
  mergedCommit: string,
): string {
  return [
    `Take back the migration of reads of ${oneLine(migration.dataset)}`,
    '',
    `This takes back commit ${mergedCommit}.`,
    '',
    `Dataset-Migration: ${oneLine(migration.id)}/${oneLine(target.id)}`,
    `Dataset-Migration-Reverts: ${mergedCommit}`,
    '',
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
