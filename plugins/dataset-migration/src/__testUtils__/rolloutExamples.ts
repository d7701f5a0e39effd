import { Api } from 'backstage-plugin-dataset-migration-common';

const OPENED = 1_790_000_000_000;

function wave(number: number, changes: Partial<Api.Wave>): Api.Wave {
  return {
    wave: number,
    state: 'waiting',
    targets: 10,
    counted: 10,
    published: 0,
    merged: 0,
    needed: 8,
    stragglers: 0,
    health: 'unknown',
    errors: {
      errors: 0,
      known: 0,
      needed: 5,
      rate: 0,
      threshold: 0.1,
      kinds: {},
      message: '0 of the 5 results that are needed, 0 of them errors',
    },
    ...changes,
  };
}

/** The first wave is through, the second one soaks. */
export function exampleRollout(): Api.Rollout {
  return {
    proposed: false,
    openWave: 2,
    waves: [
      wave(1, {
        name: 'canary',
        state: 'through',
        openedAt: OPENED,
        openedBy: 'user:default/ada',
        published: 10,
        merged: 10,
      }),
      wave(2, {
        state: 'soaking',
        openedAt: OPENED,
        openedBy: 'system',
        published: 72,
        merged: 70,
        needed: 58,
        targets: 74,
        counted: 72,
        stragglers: 2,
        errors: {
          errors: 1,
          known: 72,
          needed: 5,
          rate: 1 / 72,
          threshold: 0.1,
          kinds: { 'rolled-back': 1 },
          message:
            '1 of 72 results are errors (1.4%, halts over 10%): 1 rolled back',
        },
      }),
      wave(3, { targets: 200, counted: 200 }),
    ],
    next: {
      wave: 3,
      ready: false,
      waitsFor: 'soak',
      opensAt: OPENED + 3_600_000,
      message: 'next opens in 3 h 12 m if healthy',
    },
    failures: [],
  };
}

/** The breaker has halted the second wave. */
export function haltedRollout(): Api.Rollout {
  return {
    ...exampleRollout(),
    halt: {
      at: OPENED,
      wave: 2,
      message: 'Wave 2: 18 of 72 results are errors (25%, halts over 10%)',
    },
    next: {
      wave: 3,
      ready: false,
      waitsFor: 'migration',
      message: 'stays closed while the migration is halted',
    },
    failures: [
      { signature: 'NO_PERMISSION', targets: 4, rerun: 4 },
      { signature: 'checks-failed', targets: 18, rerun: 0 },
    ],
  };
}
