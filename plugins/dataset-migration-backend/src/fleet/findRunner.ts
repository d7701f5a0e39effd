import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { isError, NotFoundError } from '@backstage/errors';
import { readFileSync } from 'fs';
import { dirname, resolve } from 'path';

const OWN_PACKAGE = 'backstage-plugin-dataset-migration-backend';
const RUNNER_PACKAGE = 'dataset-migration-agent-runner';
/** One of the package's commands; the others are for people. */
const RUNNER_COMMAND = 'dataset-migration-runner';

/**
 * The runner's executable: `datasetMigration.fleets.local.runner`, or the `bin` of the runner's
 * package where that is installed beside the backend. It is never imported, only started.
 *
 * @throws NotFoundError with what to do when there is none.
 */
export function findRunner(config: Config): string {
  const configured = config.getOptionalString(
    'datasetMigration.fleets.local.runner',
  );
  if (configured) return resolve(configured);
  try {
    const packagePath = require.resolve(`${RUNNER_PACKAGE}/package.json`, {
      paths: [resolvePackagePath(OWN_PACKAGE), process.cwd()],
    });
    const { bin } = JSON.parse(readFileSync(packagePath, 'utf8'));
    return resolve(dirname(packagePath), bin[RUNNER_COMMAND]);
  } catch (error) {
    throw new NotFoundError(
      `The local fleet found no runner: install ${RUNNER_PACKAGE} beside the backend, or set ` +
        `datasetMigration.fleets.local.runner (${
          isError(error) ? error.message.split('\n')[0] : error
        })`,
    );
  }
}
