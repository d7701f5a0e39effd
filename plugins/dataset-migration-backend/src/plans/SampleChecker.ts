import { LoggerService } from '@backstage/backend-plugin-api';
import {
  DatasetMapping,
  HostileInput,
  parseSampleReport,
  RUN_CONNECTION_VARIABLE,
} from 'backstage-plugin-dataset-migration-common';
import { Connections } from '../connections/Connections';
import { PlanSampleRecord } from '../database/records';
import { askRunner } from './askRunner';

/** For the data; a person waits for it. */
const READ_MS = 40_000;
/** The process starts and ends besides. */
const TIMEOUT_MS = READ_MS + 15_000;

/**
 * Compares contracts and mapping of a plan with real data, once for each version of the
 * plan, in a process of the runner. What cannot be compared stops no migration.
 */
export class SampleChecker {
  readonly #runner: string;
  readonly #connections: Connections;
  readonly #logger: LoggerService;

  constructor(options: {
    /** Path of the runner's executable. */
    runner: string;
    connections: Connections;
    logger: LoggerService;
  }) {
    this.#runner = options.runner;
    this.#connections = options.connections;
    this.#logger = options.logger;
  }

  /** @returns undefined where there is no connection for the dataset. */
  async check(
    dataset: string,
    mapping: DatasetMapping | undefined,
  ): Promise<PlanSampleRecord | undefined> {
    const connection = this.#connections.forDataset(dataset);
    if (!connection || !mapping) {
      return undefined;
    }
    const checked = { connection: connection.name, checkedAt: Date.now() };
    try {
      const result = await askRunner({
        runner: this.#runner,
        flag: '--check-sample',
        job: { mapping, showRows: connection.showRows, timeoutMs: READ_MS },
        environment: {
          [RUN_CONNECTION_VARIABLE]: JSON.stringify(connection.sample),
        },
        timeoutMs: TIMEOUT_MS,
      });
      const { report, error } = new HostileInput(result, 'result').object([
        'report',
        'error',
      ]);
      return report
        ? { ...checked, report: parseSampleReport(report) }
        : { ...checked, error: error?.text(2000) ?? 'It gave no answer.' };
    } catch (error) {
      this.#logger.warn(
        `The mapping of ${dataset} was not checked on ${connection.name}: ${error}`,
      );
      return { ...checked, error: 'The check did not come to an end.' };
    }
  }
}
