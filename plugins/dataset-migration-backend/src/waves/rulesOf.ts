import {
  parsePlan,
  readRolloutRules,
  RolloutRules,
} from 'backstage-plugin-dataset-migration-common';
import { PlanRecord } from '../database/records';

/** The rollout rules of a stored plan; the defaults where its errors leave none. */
export function rulesOf(record: PlanRecord): RolloutRules {
  return readRolloutRules(parsePlan(record.text).plan?.spec.rollout);
}
