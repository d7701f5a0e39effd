import {
  classifyEvent,
  eventsOf,
  FailedTarget,
  TargetOutcome,
  TargetState,
} from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';

const FAILED = ['failed', 'handed-over', 'closed', 'rolled-back'];

/**
 * Targets that went wrong, with what they have in common: the error that the breaker counts,
 * where there is one, else the reason of their run. One that was only taken back together with
 * others is `rolled-back`.
 */
export function failedTargets(targets: TargetRecord[]): FailedTarget[] {
  return targets.flatMap(target => {
    const signature = signatureOf(target);
    return signature === undefined
      ? []
      : [
          {
            id: target.id,
            state: target.state as TargetState,
            outcome: target.outcome as TargetOutcome | undefined,
            signature,
          },
        ];
  });
}

function signatureOf(target: TargetRecord): string | undefined {
  const errors = eventsOf(target.id, target.facts ?? {})
    .map(event => classifyEvent(event))
    .filter(kind => kind !== undefined && kind !== 'fine');
  const own = errors.find(
    kind => kind !== 'rolled-back' && kind !== 'publishing-failed',
  );
  if (own) return own;
  if (target.state !== 'ended' || !FAILED.includes(target.outcome ?? '')) {
    return undefined;
  }
  return target.outcome === 'rolled-back'
    ? 'rolled-back'
    : target.reason ?? target.outcome;
}
