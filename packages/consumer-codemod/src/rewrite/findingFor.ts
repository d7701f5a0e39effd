import { Finding, Place } from 'backstage-plugin-dataset-migration-common';
import { REASONS, Reason } from '../reasons';

function isReason(value: string): value is Reason {
  return Object.prototype.hasOwnProperty.call(REASONS, value);
}

/** A finding with the reason's own severity, route and message. */
export function findingFor(
  reason: string,
  place: Place | undefined,
  detail?: string,
): Finding {
  if (!isReason(reason)) {
    throw new Error(`Unknown reason: ${reason}`);
  }
  const { severity, route, message } = REASONS[reason];
  return {
    reason,
    severity,
    route,
    message: detail ? `${message} (${detail})` : message,
    ...(place && { place }),
  };
}
