import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildMapping,
  parseContract,
  parsePlan,
} from 'backstage-plugin-dataset-migration-common';
import { FLEET_FOLDER } from './fleetPaths';

const FOLDER = join(FLEET_FOLDER, 'analytics-datasets');

async function readContract(name: string) {
  const parsed = parseContract(
    await readFile(join(FOLDER, 'contracts', `${name}.odcs.yaml`), 'utf8'),
  );
  expect(parsed.problems).toEqual([]);
  return parsed.contract;
}

async function readPlan(name: string) {
  const fromContract = await readContract(`${name}-v1`);
  const toContract = await readContract(`${name}-v2`);
  const text = await readFile(
    join(FOLDER, 'migrations', `${name}-v2.yaml`),
    'utf8',
  );
  const { plan, problems } = parsePlan(text, { fromContract, toContract });
  return { plan, problems, fromContract, toContract };
}

describe('plans of the demo fleet', () => {
  it.each(['user-activity', 'orders'])(
    'has a plan for %s that holds',
    async name => {
      const { plan, problems, fromContract, toContract } = await readPlan(name);
      expect(problems).toEqual([]);
      if (!plan || !fromContract || !toContract) {
        throw new Error('The plan or a contract is missing');
      }
      const mapping = buildMapping({
        plan,
        fromContract,
        toContract,
        version: 1,
      });
      expect(mapping.fields.map(f => f.name)).toEqual(
        fromContract.fields.map(f => f.name),
      );
      const kinds = new Set(mapping.fields.map(f => f.kind));
      expect([...kinds].sort()).toEqual(
        name === 'orders'
          ? ['rename', 'same']
          : ['ask', 'expression', 'gone', 'rename', 'same'],
      );
    },
  );

  it('has a plan for page views that does not hold, with the lines that say why', async () => {
    const { problems } = await readPlan('page-views');
    expect(problems.map(p => [p.code, p.path, p.line])).toEqual([
      ['FIELD_NOT_MAPPED', 'spec.mapping.fields', 18],
      ['FIELD_UNKNOWN', 'spec.mapping.fields.url', 19],
    ]);
  });
});
