import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Entity } from '@backstage/catalog-model';
import { Stores } from '../../database/stores';
import { PlanService } from '../../plans/PlanService';
import { MigrationService } from '../../service/MigrationService';
import { RunPlanner } from '../../service/RunPlanner';
import { TargetService } from '../../service/TargetService';
import {
  OwnerTimezones,
  PublishingHours,
  RolloutReader,
  RolloutSlice,
  TakeBack,
  WavePublisher,
} from '..';

/**
 * What moves targets and waves, over given stores.
 *
 * @param options - `now` in UTC epoch milliseconds; `owners` are entities of the catalog
 */
export function rolloutParts(
  stores: Stores,
  options: { now?: () => number; owners?: Entity[] } = {},
) {
  const { now, owners = [] } = options;
  const logger = mockServices.logger.mock();
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockImplementation(async () => ({
    success: async () => {},
    fail: async () => {},
  }));
  const targets = new TargetService({
    stores,
    events: mockServices.events.mock(),
    logger,
    now,
  });
  const migrations = new MigrationService({
    stores,
    samples: { check: async () => undefined },
    plans: {} as unknown as PlanService,
    now,
  });
  const planner = new RunPlanner(stores);
  const hours = new PublishingHours({
    timezones: new OwnerTimezones({
      catalog: catalogServiceMock({ entities: owners }),
      fallback: 'UTC',
      now,
    }),
    now,
  });
  const rollouts = new RolloutReader({ stores, hours, now });
  const publisher = new WavePublisher({ targets, planner });
  const takeBack = new TakeBack({ stores, targets, planner });
  const slice = new RolloutSlice({
    stores,
    reader: rollouts,
    publisher,
    migrations,
    takeBack,
    auditor,
    logger,
    now,
  });
  return {
    stores,
    targets,
    migrations,
    planner,
    hours,
    rollouts,
    publisher,
    takeBack,
    slice,
    auditor,
    logger,
  };
}
