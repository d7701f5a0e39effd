import { WaveWait } from './WaveProgress';

/**
 * What the portal says about the next wave: `next opens in 3 h 12 m if healthy`.
 *
 * @param wait - `waitsFor` of the wave before it; undefined when it may open
 * @param now - epoch milliseconds
 */
export function describeWait(wait: WaveWait | undefined, now: number): string {
  if (wait === undefined) {
    return 'next may open now';
  }
  switch (wait.for) {
    case 'opening':
      return 'not open yet';
    case 'merges': {
      const missing = `next waits for ${count(wait.missing, 'merge')}`;
      return wait.until === undefined
        ? missing
        : `${missing}, or ${describeSpan(wait.until - now)}`;
    }
    case 'publishing':
      return `next waits for ${count(
        wait.targets.length,
        'pull request',
      )} to be opened`;
    case 'health':
      return `next waits for ${count(
        wait.targets.length,
        'unhealthy consumer',
      )}`;
    case 'base-checks':
      return wait.failed.length > 0
        ? `next waits for failing checks of ${count(
            wait.failed.length,
            'base branch',
            'base branches',
          )}`
        : `next waits for running checks of ${count(
            wait.pending.length,
            'base branch',
            'base branches',
          )}`;
    default:
      return `next opens in ${describeSpan(wait.until - now)} if healthy`;
  }
}

/**
 * A span for people, in its two largest units: `2 d 4 h`, `3 h 12 m`, `5 m`.
 * Rounded up to the minute, so that it never says less than there is.
 */
export function describeSpan(milliseconds: number): string {
  const minutes = Math.max(0, Math.ceil(milliseconds / 60_000));
  const units: Array<[number, string]> = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'm'],
  ];
  const first = units.findIndex(([amount]) => amount > 0);
  if (first === -1) {
    return '0 m';
  }
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
