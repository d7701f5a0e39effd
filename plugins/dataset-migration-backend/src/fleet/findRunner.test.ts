import { ConfigReader } from '@backstage/config';
import { existsSync } from 'fs';
import { findRunner } from './findRunner';

describe('findRunner', () => {
  it('finds the executable of the installed runner', () => {
    const path = findRunner(new ConfigReader({}));
    expect(path).toMatch(/dataset-migration-runner\.js$/);
    expect(existsSync(path)).toBe(true);
  });

  it('takes the configured one', () => {
    const config = new ConfigReader({
      datasetMigration: { fleets: { local: { runner: '/opt/runner.js' } } },
    });
    expect(findRunner(config)).toBe('/opt/runner.js');
  });
});
