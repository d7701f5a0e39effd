import { Api } from 'backstage-plugin-dataset-migration-common';

/** How much thought a change needs, most first. */
function weight(target: Api.Target): number {
  if (target.blocked === 'question') {
    return 0;
  }
  switch (target.proof) {
    case 'failed':
      return 1;
    case 'passed':
      return 3;
    default:
      return 2;
  }
}

/** What needs a person's thought first, what is proved last; then by name, so that rows do not jump. */
export function reviewOrder(targets: Api.Target[]): Api.Target[] {
  const name = (target: Api.Target) => target.consumer ?? target.id;
  return [...targets].sort(
    (one, other) =>
      weight(one) - weight(other) || name(one).localeCompare(name(other)),
  );
}

/** Changes that may be approved together: proved, owned, and with no question open. */
export function provedTargets(targets: Api.Target[]): Api.Target[] {
  return targets.filter(
    target =>
      target.proof === 'passed' &&
      target.digest !== undefined &&
      // A question comes first, and what nobody owns cannot be approved.
      target.blocked === 'review',
  );
}
