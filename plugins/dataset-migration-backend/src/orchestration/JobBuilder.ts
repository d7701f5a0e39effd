import { RunJob } from 'backstage-plugin-dataset-migration-common';
import { RunRecord, TargetRecord } from '../database/records';

/** Writes the job file of the run's current attempt; throws what makes the attempt fail. */
export type JobBuilder = (
  run: RunRecord,
  target: TargetRecord,
) => Promise<RunJob>;
