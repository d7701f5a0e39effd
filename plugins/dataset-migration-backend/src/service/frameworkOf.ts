import { RunResult } from 'backstage-plugin-dataset-migration-common';

const BY_ENDING: ReadonlyArray<readonly [RegExp, string]> = [
  [/\.scala$/, 'scala'],
  [/(^|\/)dags\/.*\.py$/, 'airflow'],
  [/\.(py|ipynb)$/, 'python'],
  [/(^|\/)(models|snapshots|macros|analyses|seeds)\/.*\.(sql|ya?ml)$/, 'dbt'],
  [/(^|\/)dbt_project\.yml$/, 'dbt'],
  [/\.sql$/, 'bigquery-sql'],
  [/\.(ya?ml|json)$/, 'config'],
];

/** The framework of a consumer, by the files in which it uses the dataset. */
export function frameworkOf(
  result: Pick<RunResult, 'uses'>,
): string | undefined {
  for (const [ending, framework] of BY_ENDING) {
    if (result.uses.some(use => ending.test(use.place.path))) return framework;
  }
  return undefined;
}
