import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  buildMapping,
  DatasetMapping,
  parseContract,
  parsePlan,
} from 'backstage-plugin-dataset-migration-common';
import { checkMapping } from 'dataset-migration-equivalence';

/** A file that the text search finds and that is no consumer. */
export interface Excluded {
  path: string;
  /** `producer`: makes the table; `declaration`: only declares it; `prose`: only tells of it. */
  why: string;
}

export interface CorpusCase {
  name: string;
  folder: string;
  mapping: DatasetMapping;
  /** Files that plain text search says mention the dataset: the denominator. */
  affected: string[];
  excluded: Excluded[];
}

/**
 * A derived plan with its contracts, checked as a portal would check them.
 *
 * @throws Error where the plan is not one that could be started
 */
export async function loadCase(folder: string): Promise<CorpusCase> {
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');
  const from = parseContract(await text('old.odcs.yaml'));
  const to = parseContract(await text('new.odcs.yaml'));
  const parsed = parsePlan(await text('plan.yaml'), {
    fromContract: from.contract,
    toContract: to.contract,
  });
  const problems = [...from.problems, ...to.problems, ...parsed.problems]
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) => `${folder}:${line}: ${message}`);
  if (problems.length > 0 || !from.contract || !to.contract || !parsed.plan) {
    throw new Error(`The plan is invalid:\n${problems.join('\n')}`);
  }
  const mapping = buildMapping({
    plan: parsed.plan,
    fromContract: from.contract,
    toContract: to.contract,
    version: 1,
  });
  const bound = (await checkMapping({ mapping })).filter(
    ({ severity }) => severity === 'error',
  );
  if (bound.length > 0) {
    throw new Error(
      `${folder}: ${bound.map(each => JSON.stringify(each)).join('\n')}`,
    );
  }
  const affected: unknown = JSON.parse(await text('affected.json'));
  const excludedFile = path.join(folder, 'excluded.json');
  const excluded: Excluded[] = existsSync(excludedFile)
    ? JSON.parse(await text('excluded.json'))
    : [];
  return {
    name: path.basename(folder),
    folder,
    mapping,
    affected: Array.isArray(affected) ? affected.map(String) : [],
    excluded,
  };
}
