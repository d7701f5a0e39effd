import {
  TARGET_BLOCKED,
  TARGET_OUTCOMES,
  TARGET_STATES,
} from 'backstage-plugin-dataset-migration-common';

/** A filter of the consumers list that has a known set of values. */
export interface ListFilter {
  name: 'state' | 'outcome' | 'blocked' | 'proof';
  label: string;
  values: string[];
}

export const LIST_FILTERS: ListFilter[] = [
  { name: 'state', label: 'State', values: Object.keys(TARGET_STATES) },
  { name: 'outcome', label: 'Outcome', values: Object.keys(TARGET_OUTCOMES) },
  { name: 'blocked', label: 'Blocked', values: Object.keys(TARGET_BLOCKED) },
  {
    name: 'proof',
    label: 'Evidence',
    values: ['passed', 'failed', 'inconclusive', 'not-run'],
  },
];

/** Names of every filter that the address may hold. */
export const FILTER_NAMES = [
  'state',
  'outcome',
  'blocked',
  'proof',
  'framework',
  'owner',
  'text',
] as const;

/** Frameworks that discovery tells apart; others that a list shows are offered beside them. */
export const FRAMEWORKS = ['dbt', 'airflow', 'spark', 'flink', 'trino'];
