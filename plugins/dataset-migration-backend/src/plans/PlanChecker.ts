import { ServiceUnavailableError } from '@backstage/errors';
import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { askRunner } from './askRunner';

const TIMEOUT_MS = 60_000;

/** What the runner says about one expression of a mapping. */
export interface MappingProblem {
  field?: string;
  /** `rows.where` or `fields.<name>`. */
  place: string;
  code: string;
  message: string;
  severity: 'error' | 'warning';
}

/**
 * Binds every expression of a mapping to the new contract. This takes a parser and a
 * database, so it happens in a process of the runner, which may crash or hang alone.
 */
export class PlanChecker {
  readonly #runner: string;

  /** @param runner - path of the runner's executable */
  constructor(runner: string) {
    this.#runner = runner;
  }

  /** @throws ServiceUnavailableError when the runner gave no answer. */
  async check(mapping: DatasetMapping): Promise<MappingProblem[]> {
    try {
      const result = (await askRunner({
        runner: this.#runner,
        flag: '--check-plan',
        job: { mapping },
        timeoutMs: TIMEOUT_MS,
      })) as { problems: MappingProblem[] };
      return result.problems;
    } catch (error) {
      throw new ServiceUnavailableError(
        `The expressions of the plan could not be checked: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
  }
}
