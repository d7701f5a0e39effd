import { COMPOSED_QUERIES } from './composedQueries';
import { RealisticQuery } from './naming';
import { SINGLE_TABLE_QUERIES } from './singleTableQueries';

/** Queries of the kinds that consumers of a dataset are made of. */
export const REALISTIC_QUERIES: RealisticQuery[] = [
  ...SINGLE_TABLE_QUERIES,
  ...COMPOSED_QUERIES,
];
