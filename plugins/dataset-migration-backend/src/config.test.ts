import { ConfigReader } from '@backstage/config';
import { readDatasetMigrationConfig } from './config';

const read = (datasetMigration?: object) =>
  readDatasetMigrationConfig(
    new ConfigReader(
      datasetMigration ? { datasetMigration: datasetMigration as never } : {},
    ),
  );

describe('readDatasetMigrationConfig', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      scan: { frequencyMs: 6 * 3_600_000 },
      discovery: { maxConsumers: 50_000, codeSearch: true, relations: [] },
      slices: { dispatchMs: 2_000, reconcileMs: 30_000, rolloutMs: 3_000 },
      rollout: { timezone: 'UTC' },
      retention: { runsMs: 90 * 24 * 3_600_000 },
    });
    expect(read({})).toEqual(read());
  });

  it('takes what is configured', () => {
    const relation = {
      type: 'reads',
      inverse: 'readBy',
      direction: 'to-dataset',
    };
    expect(
      read({
        scan: { frequency: 'PT1H' },
        discovery: {
          maxConsumers: 7,
          codeSearch: false,
          relations: [relation],
        },
        slices: {
          dispatch: { milliseconds: 50 },
          reconcile: '10s',
          rollout: '1s',
        },
        rollout: { timezone: 'Europe/Stockholm' },
        retention: { runs: 'P7D' },
      }),
    ).toEqual({
      scan: { frequencyMs: 3_600_000 },
      discovery: { maxConsumers: 7, codeSearch: false, relations: [relation] },
      slices: { dispatchMs: 50, reconcileMs: 10_000, rolloutMs: 1_000 },
      rollout: { timezone: 'Europe/Stockholm' },
      retention: { runsMs: 7 * 24 * 3_600_000 },
    });
  });

  it.each([
    [{ scan: { frequency: 'often' } }, /frequency/],
    [{ retention: { runs: 'long' } }, /retention/],
    [{ rollout: { timezone: 'Mars/Base' } }, /no time zone "Mars\/Base"/],
    [{ discovery: { maxConsumers: 'many' } }, /maxConsumers/],
    [
      {
        discovery: {
          relations: [{ type: 'reads', inverse: 'readBy', direction: 'up' }],
        },
      },
      /direction of reads is "up"/,
    ],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
