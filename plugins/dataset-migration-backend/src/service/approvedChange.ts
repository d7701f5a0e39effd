import {
  ApprovalRecord,
  ChangeRecord,
  TargetRecord,
} from '../database/records';
import { Stores } from '../database/stores';

export interface ApprovedChange {
  approval: ApprovalRecord;
  /** What the owner looked at. */
  approved: ChangeRecord;
  /** The same patch as it was verified last, perhaps on a newer base. */
  verified: ChangeRecord;
  /** How often it was verified again since the approval. */
  verifications: number;
}

/** The stored change that an approval in force names, with what was verified since. */
export async function approvedChange(
  stores: Pick<Stores, 'changes'>,
  target: TargetRecord,
): Promise<ApprovedChange | undefined> {
  const approval = await stores.changes.currentApproval(target.id);
  if (!approval || approval.voidedAt) return undefined;
  const approved = await stores.changes.get(approval.changeId);
  if (approved.digest !== approval.digest) return undefined;
  // Another change with the approved digest is the approved patch, verified again.
  const [verified, ...older] = (
    await stores.changes.listForTarget(target.id)
  ).filter(
    each => each.digest === approval.digest && each.number >= approved.number,
  );
  return {
    approval,
    approved,
    verified: verified ?? approved,
    verifications: older.length,
  };
}
