import { MigrationRecord, TargetRecord } from '../database/records';

/**
 * Where a target's change is pushed: the same name on every execution, so that a crash loses
 * no branch. A recorded name wins, because migrations can be renamed.
 */
export function branchName(
  migration: Pick<MigrationRecord, 'name'>,
  target: Pick<TargetRecord, 'id' | 'branch'>,
): string {
  return (
    target.branch ??
    `dataset-migration/${refPart(migration.name)}/${shortId(target.id)}`
  );
}

export function revertBranchName(
  migration: Pick<MigrationRecord, 'name'>,
  target: Pick<TargetRecord, 'id' | 'branch' | 'revert'>,
): string {
  return target.revert?.branch ?? `${branchName(migration, target)}-revert`;
}

/** Long enough that two targets of one repository do not meet. */
function shortId(id: string): string {
  return refPart(id.replace(/-/g, '')).slice(0, 12);
}

function refPart(text: string): string {
  const clean = text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return clean.slice(0, 60) || 'migration';
}
