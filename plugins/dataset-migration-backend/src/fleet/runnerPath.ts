import path from 'node:path';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const RUNNER_PACKAGE = 'dataset-migration-agent-runner';
const RUNNER_BIN = 'dataset-migration-runner';

/**
 * The runner's executable: `datasetMigration.fleets.local.runner`, else the `bin` that the
 * installed runner package declares. The backend starts it and never imports it.
 *
 * @throws InputError when neither is there.
 */
export function runnerPath(config: Config): string {
  const configured = config.getOptionalString(
    'datasetMigration.fleets.local.runner',
  );
  if (configured) return path.resolve(configured);
  try {
    const manifest = require.resolve(`${RUNNER_PACKAGE}/package.json`, {
      paths: [process.cwd(), __dirname],
    });
    const { bin } = require(manifest);
    return path.join(path.dirname(manifest), bin[RUNNER_BIN]);
  } catch {
    throw new InputError(
      `The runner was not found. Add ${RUNNER_PACKAGE} to the backend's dependencies, or set datasetMigration.fleets.local.runner to its executable.`,
    );
  }
}
