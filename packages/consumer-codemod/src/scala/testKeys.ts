import { RewriteContext } from '../rewrite/FileRewriter';
import { findMentions } from '../text/findMentions';
import { childOf } from './ScalaFile';
import { ScalaPlan } from './ScalaPlan';
import { TableUse } from './TableUse';

/** `BigQueryIO(Tables.T)`: what names the data that a test feeds to a job. */
export interface TestKey {
  plan: ScalaPlan;
  use: TableUse;
}

/**
 * Reads whose query is known to be the key of its data, as Scio's `testId` of
 * `BigQuerySelect`, `BigQueryStorageSelect` and `BigQueryMagnolifyTypedStorageSelect` is.
 */
const KEYED = /^(bigQueryTable|bigQueryStorage|typedBigQueryStorageMagnolify)$/;
/** A test's job: by its object, or in a way that does not tell it. */
const JOB = /\bJobTest\s*(?:\[\s*(?:[\w.]+\.)?(\w+)\.type\s*\]|[[(])/g;

/**
 * Names the data of tests by the query that their job reads now: its rows are those
 * of the old table. False, and nothing is edited, where it is not certain which that is.
 */
export function moveKeys(
  tests: readonly TestKey[],
  plans: readonly ScalaPlan[],
  { matcher }: RewriteContext,
): boolean {
  const queries = plans.flatMap(({ file, queries: own }) =>
    own.map(query => {
      const job = file.around(query.use.node, 'object_definition');
      const name = job && childOf(job, 'name');
      return { ...query, job: name && file.source(name) };
    }),
  );
  const literals = new Set(queries.map(({ literal }) => literal));
  const jobs = new Set(queries.map(({ job }) => job));
  const [literal] = literals;
  const isOne =
    literals.size === 1 &&
    jobs.size === 1 &&
    plans.every(({ reads }) => reads.every(change => change === 'query')) &&
    queries.every(
      ({ use, isFixed }) =>
        isFixed && use.wrapper !== undefined && KEYED.test(use.name),
    ) &&
    // Another read by name would have the same key.
    plans.reduce((sum, { file }) => {
      const named = findMentions(file.text, matcher, undefined);
      return sum + named.filter(({ start }) => !file.inComment(start)).length;
    }, 0) === 1;
  const isTested = tests.every(({ plan: { file } }) => {
    const tested = [...file.text.matchAll(JOB)].filter(
      match => !file.inComment(match.index),
    );
    return tested.length > 0 && tested.every(match => jobs.has(match[1]));
  });
  if (!isOne || !isTested) {
    return false;
  }
  for (const { plan, use } of tests) {
    plan.edit(use.list.start, use.list.end, `(${literal})`);
  }
  return true;
}
