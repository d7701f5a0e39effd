import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Fleet } from 'backstage-plugin-dataset-migration-node';
import { LocalFleet } from './LocalFleet';

/**
 * The fleet that `datasetMigration.fleet` names: `local` by default, or one that a module
 * added.
 *
 * @throws InputError for a name that nobody brought.
 */
export function chooseFleet(
  config: Config,
  fleets: Fleet[],
  logger: LoggerService,
): { chosen: Fleet; stop(): Promise<void> } {
  const id = config.getOptionalString('datasetMigration.fleet') ?? 'local';
  if (id === 'local') {
    const local = LocalFleet.fromConfig(config, logger);
    return { chosen: local, stop: () => local.stop() };
  }
  const chosen = fleets.find(each => each.id === id);
  if (!chosen) {
    throw new InputError(
      `datasetMigration.fleet is "${id}", but only local${fleets
        .map(each => `, ${each.id}`)
        .join('')} are installed.`,
    );
  }
  return { chosen, stop: async () => undefined };
}
