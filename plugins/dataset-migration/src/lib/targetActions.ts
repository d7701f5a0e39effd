import { Api } from 'backstage-plugin-dataset-migration-common';

/** An action of the target panel. */
export interface TargetAction {
  id: 'approve' | 'ask-for-changes' | 'skip' | 'retry' | 'simulate';
  label: string;
  primary?: boolean;
  /** Text that a person has to give, and where it goes. */
  asks?: 'note' | 'reason';
  explanation?: string;
  /** Why it cannot be done by this person or now. */
  refusal?: string;
}

/** Actions that make sense in the target's state; what makes none is not shown. */
export function targetActions(detail: Api.TargetDetail): TargetAction[] {
  const { target, change, allowed } = detail;
  const mayNot = allowed.approve
    ? undefined
    : allowed.reason ?? 'Only the owner of the consumer may decide.';
  const actions: TargetAction[] = [];
  if (target.state === 'simulated' && change) {
    actions.push({
      id: 'approve',
      label: 'Approve',
      primary: true,
      refusal: mayNot ?? refusalToApprove(detail),
    });
    actions.push({
      id: 'ask-for-changes',
      label: 'Ask for changes…',
      asks: 'note',
      explanation:
        'The note goes to the next simulate run, which writes the change again. Nothing is published.',
      refusal: mayNot,
    });
  }
  if (target.state === 'pending') {
    actions.push({ id: 'simulate', label: 'Simulate', primary: true });
  } else if (target.state === 'simulated') {
    actions.push({ id: 'simulate', label: 'Simulate again' });
  }
  if (
    target.state === 'ended' &&
    !['migrated', 'not-affected'].includes(target.outcome ?? '')
  ) {
    actions.push({ id: 'retry', label: 'Try again', primary: true });
  }
  if (
    ['unresolved', 'pending', 'simulated', 'approved'].includes(target.state)
  ) {
    actions.push({
      id: 'skip',
      label: 'Skip…',
      asks: 'reason',
      explanation:
        'This consumer is left as it is and keeps reading the old version. The reason is kept.',
      // Four eyes count for approvals; who may skip is the backend's to say.
    });
  }
  return actions;
}

function refusalToApprove(detail: Api.TargetDetail): string | undefined {
  if (detail.target.blocked === 'question') {
    return 'Answer the open questions before you approve.';
  }
  const failed = detail.change?.evidence.find(
    each => each.verdict === 'failed',
  );
  return failed && `A verifier refused this change: ${failed.summary}`;
}

/** What a key asked for; another `at` asks again. */
export interface TargetWish {
  action: TargetAction['id'];
  at: number;
}
