import { Rung } from 'backstage-plugin-dataset-migration-common';

/** What a rung of the ladder asserts, in words. */
export const RUNG_TEXTS: Record<Rung, string> = {
  parses: 'parses',
  resolves: 'fits the contract',
  compiles: 'compiles',
  equivalent: 'equivalent',
  'equivalent-on-sample': 'equivalent on a sample',
  tested: 'repository tests',
};
