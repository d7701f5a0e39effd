import {
  EquivalenceCase,
  SampleReport,
} from 'backstage-plugin-dataset-migration-common';
import { printCounterexample } from './printCounterexample';

/** Whether real data is at odds with the contracts or the mapping. */
export function sampleNeedsPerson({ drift, mapping }: SampleReport): boolean {
  return (
    mapping.verdict === 'failed' ||
    drift.some(({ severity }) => severity === 'error')
  );
}

/** What a sample says of the contracts and of the mapping. */
export function printSample({
  tables,
  drift,
  mapping,
}: SampleReport): string[] {
  return [
    ...tables.map(
      ({ side, name, rows, complete }) =>
        `sample of the ${side === 'to' ? 'new' : 'old'} dataset: ${name}, ${
          complete ? '' : 'the first '
        }${rows} rows`,
    ),
    ...drift.map(
      ({ side, severity, message, code }) =>
        `${
          side === 'to' ? 'new' : 'old'
        } contract: ${severity}: ${message} [${code}]`,
    ),
    printMapping(mapping),
    ...printCounterexample(mapping),
  ];
}

function printMapping({ verdict, reason, message }: EquivalenceCase): string {
  switch (verdict) {
    case 'passed':
      return `mapping checked: ${message}`;
    case 'failed':
      return `mapping is wrong on real data: ${message} [${reason}]`;
    default:
      return `mapping not checked on real data: ${message} [${reason}]`;
  }
}
