import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  Api,
  buildMapping,
  DataContract,
  DatasetMapping,
  MigrationPlan,
  parseContract,
  parsePlan,
} from 'backstage-plugin-dataset-migration-common';
import { PlanProblemRecord } from '../database/records';
import { mappingProblemToPlan } from './mappingProblemToPlan';
import { PlanChecker } from './PlanChecker';
import { LoadedPlan, PlanLoader } from './PlanLoader';

/** A plan with everything that is wrong with it; `mapping` is absent while it has errors. */
export interface CheckedPlan {
  text: string;
  url?: string;
  plan?: MigrationPlan;
  problems: PlanProblemRecord[];
  mapping?: DatasetMapping;
}

/** Loads a plan and checks it as far as it can be checked before anything starts. */
export class PlanService {
  readonly #loader: PlanLoader;
  readonly #checker: PlanChecker;

  constructor(options: { loader: PlanLoader; checker: PlanChecker }) {
    this.#loader = options.loader;
    this.#checker = options.checker;
  }

  planUrl(dataset: Entity): string | undefined {
    return this.#loader.planUrl(dataset);
  }

  async check(
    dataset: Entity,
    source: Api.PlanSource,
    version: number,
  ): Promise<CheckedPlan> {
    const loaded = await this.#loader.load(dataset, source);
    const first = parsePlan(loaded.text);
    if (!first.plan) {
      return { ...found(loaded), problems: first.problems };
    }
    const from = await this.#contract(first.plan, 'from', loaded);
    const to = await this.#contract(first.plan, 'to', loaded);
    const { plan, problems } = parsePlan(loaded.text, {
      fromContract: from.contract,
      toContract: to.contract,
    });
    const all = [
      ...problems,
      ...from.problems,
      ...to.problems,
      ...wrongDataset(first.plan, dataset),
    ];
    if (!plan || !from.contract || !to.contract || hasError(all)) {
      return { ...found(loaded), plan, problems: all };
    }
    const mapping = buildMapping({
      plan,
      fromContract: from.contract,
      toContract: to.contract,
      version,
    });
    const expressions = (await this.#checker.check(mapping)).map(problem =>
      mappingProblemToPlan(problem, loaded.text),
    );
    all.push(...expressions);
    return {
      ...found(loaded),
      plan,
      problems: all,
      mapping: hasError(all) ? undefined : mapping,
    };
  }

  async #contract(
    plan: MigrationPlan,
    side: 'from' | 'to',
    loaded: LoadedPlan,
  ): Promise<{ contract?: DataContract; problems: PlanProblemRecord[] }> {
    const place = plan.spec[side].contract;
    const at = (code: string, message: string) =>
      mappingProblemToPlan(
        { place: `${side}.contract`, code, message, severity: 'error' },
        loaded.text,
      );
    try {
      const parsed = parseContract(
        await this.#loader.readContract(place, loaded),
      );
      return {
        contract: parsed.contract,
        problems: parsed.problems.map(problem =>
          at(
            problem.code,
            `${place}, line ${problem.line}: ${problem.message}`,
          ),
        ),
      };
    } catch (error) {
      return {
        problems: [
          at(
            'CONTRACT_NOT_READABLE',
            error instanceof Error ? error.message : String(error),
          ),
        ],
      };
    }
  }
}

function found(loaded: LoadedPlan): { text: string; url?: string } {
  return { text: loaded.text, url: loaded.url };
}

export function hasError(problems: PlanProblemRecord[]): boolean {
  return problems.some(problem => problem.severity === 'error');
}

function wrongDataset(
  plan: MigrationPlan,
  dataset: Entity,
): PlanProblemRecord[] {
  const ref = stringifyEntityRef(dataset);
  if (plan.spec.from.dataset.toLocaleLowerCase('en-US') === ref) return [];
  return [
    {
      code: 'PLAN_OTHER_DATASET',
      severity: 'error',
      message: `The plan migrates ${plan.spec.from.dataset}, not ${ref}.`,
      line: 1,
      column: 1,
      path: 'spec.from.dataset',
    },
  ];
}
