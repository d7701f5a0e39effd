import { Api } from 'backstage-plugin-dataset-migration-common';

/** The line of the header: which wave, what the next one waits for, how much goes wrong. */
export function rolloutLine(rollout: Api.Rollout): string {
  const { waves, openWave, next } = rollout;
  const current = waves[openWave - 1];
  return [
    openWave > 0
      ? `wave ${openWave} of ${waves.length}`
      : `${waves.length} ${waves.length === 1 ? 'wave' : 'waves'}${
          rollout.proposed ? ' proposed' : ''
        }`,
    next && (openWave > 0 ? next.message : `wave 1 ${next.message}`),
    current && errorText(current.errors),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** `error rate 1.4 % of 10 %`; nothing where no result is known. */
export function errorText(errors: Api.WaveErrors): string | undefined {
  if (errors.known === 0) {
    return undefined;
  }
  const rate = `error rate ${percent(errors.rate)}`;
  return errors.threshold === undefined
    ? rate
    : `${rate} of ${percent(errors.threshold)}`;
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 1000) / 10} %`;
}
