import { RewriteContext } from '../rewrite/FileRewriter';
import { CodeNode } from '../treeSitter/CodeParser';
import { findNames } from './findNames';
import { childOf, ScalaFile } from './ScalaFile';
import { ReadQuery, ScalaPlan } from './ScalaPlan';
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
  context: RewriteContext,
): boolean {
  const jobs = jobsOf(plans);
  if (!jobs || !areReadsApart(jobs, plans, context)) {
    return false;
  }
  const literals = tests.map(test => literalFor(test, jobs));
  if (literals.includes(undefined)) {
    return false;
  }
  for (const [index, { plan, use }] of tests.entries()) {
    plan.edit(use.list.start, use.list.end, `(${literals[index]})`);
  }
  return true;
}

interface Job {
  file: ScalaFile;
  node: CodeNode;
  queries: ReadQuery[];
}

/** The reads by the object that holds them; nothing if one has another key than its query. */
function jobsOf(plans: readonly ScalaPlan[]): Map<string, Job> | undefined {
  const jobs = new Map<string, Job>();
  for (const { file, queries } of plans) {
    for (const query of queries) {
      const { use, isFixed } = query;
      const node = file.around(use.node, 'object_definition');
      const name = node && childOf(node, 'name');
      const isKeyed =
        isFixed && use.wrapper !== undefined && KEYED.test(use.name);
      if (!node || !name || !isKeyed) {
        return undefined;
      }
      const known = jobs.get(file.source(name));
      if (known && known.node !== node) {
        return undefined;
      }
      jobs.set(file.source(name), {
        file,
        node,
        queries: [...(known?.queries ?? []), query],
      });
    }
  }
  return jobs;
}

/**
 * Each job reads the table by itself: where there are several, each can be started, and
 * none is spoken of by another. A read by the table's name would have the old key.
 */
function areReadsApart(
  jobs: ReadonlyMap<string, Job>,
  plans: readonly ScalaPlan[],
  { matcher }: RewriteContext,
): boolean {
  const named = plans.flatMap(({ file }) => findNames(file, matcher));
  const isMoved = plans.every(({ reads }) =>
    reads.every(change => change === 'query'),
  );
  const areStarted = [...jobs].every(([name, { file, node }]) => {
    const text = file.source(node);
    const others = [...jobs.keys()].filter(other => other !== name);
    return (
      /\bdef\s+main\s*\(/.test(text) &&
      others.every(other => !new RegExp(`\\b${other}\\b`).test(text))
    );
  });
  return named.length === 1 && isMoved && (jobs.size === 1 || areStarted);
}

/** What names a test's data from now on. */
function literalFor(
  { plan: { file }, use }: TestKey,
  jobs: ReadonlyMap<string, Job>,
): string | undefined {
  const job = jobs.get(testedJob(file, use) ?? '');
  const literals = new Set(job?.queries.map(({ literal }) => literal));
  const [literal] = literals;
  // A test that names a table itself reads that one.
  const isDefault = job?.queries.every(
    ({ use: { choice } }) =>
      !choice || !file.text.includes(`--${choice.given.key.slice(1, -1)}`),
  );
  return literals.size === 1 && isDefault ? literal : undefined;
}

/** The job that is fed: the one of the call's chain, or else the only one of the file. */
function testedJob(file: ScalaFile, use: TableUse): string | undefined {
  const tested = [...file.text.matchAll(JOB)].filter(
    match => !file.inComment(match.index),
  );
  const jobs = new Set(tested.map(([, job]) => job));
  if (jobs.size === 1) {
    return tested[0][1];
  }
  const input = file.around(use.node, 'call_expression');
  const target = input && childOf(input, 'function');
  const method = target && childOf(target, 'field');
  const [chain] = [
    ...(target ? file.source(target) : '').matchAll(new RegExp(JOB, 'g')),
  ];
  return method && file.source(method) === 'input' && chain?.index === 0
    ? chain[1]
    : undefined;
}
