import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  buildMapping,
  parseContract,
  parsePlan,
} from 'backstage-plugin-dataset-migration-common';
import { rewriteConsumer } from 'dataset-migration-consumer-codemod';
import type { ManifestTarget } from './DemoManifest';
import { FLEET_FOLDER } from './fleetPaths';
import { readFiles } from './readFiles';
import { readManifest } from './readManifest';

const DATASETS = join(FLEET_FOLDER, 'analytics-datasets');

async function readMapping(dataset: string) {
  const name = dataset.replace(/^resource:default\/|-v1$/g, '');
  const read = (path: string) => readFile(join(DATASETS, path), 'utf8');
  const from = parseContract(await read(`contracts/${name}-v1.odcs.yaml`));
  const to = parseContract(await read(`contracts/${name}-v2.odcs.yaml`));
  const { plan } = parsePlan(await read(`migrations/${name}-v2.yaml`));
  if (!plan || !from.contract || !to.contract) {
    throw new Error(`The plan of ${dataset} cannot be read`);
  }
  return buildMapping({
    plan,
    fromContract: from.contract,
    toContract: to.contract,
    version: 1,
  });
}

async function readTarget(target: ManifestTarget) {
  const content = await readFiles(join(FLEET_FOLDER, target.repository), [
    '.history',
    '.history.yaml',
  ]);
  const prefix = target.paths?.[0].replace('**', '') ?? '';
  return [...content]
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, bytes]) => ({ path, content: bytes }));
}

/** What the codemod has to say, before anything is proved, approved or published. */
const CODEMOD_OUTCOME: Record<ManifestTarget['outcome'], string> = {
  migrated: 'changed',
  'no-owner': 'changed',
  unresolved: 'changed',
  'handed-over': 'needs-person',
  question: 'questions',
  'not-affected': 'not-affected',
};

describe('codemod on the demo fleet', () => {
  it('says what the manifest says, for every target', async () => {
    const { targets } = await readManifest();
    for (const target of targets) {
      const { dataset, repository } = target;
      const result = await rewriteConsumer({
        mapping: await readMapping(dataset),
        answers: [],
        files: await readTarget(target),
      });
      expect([repository, result.outcome]).toEqual([
        repository,
        CODEMOD_OUTCOME[target.outcome],
      ]);
      const reasons = result.findings.map(finding => finding.reason);
      const expected = target.reasons.filter(r => !r.startsWith('REPOSITORY_'));
      expect(reasons).toEqual(expect.arrayContaining(expected));
      const statements = result.files.flatMap(file => file.statements);
      expect([repository, target.proof && statements.length === 0]).toEqual([
        repository,
        false,
      ]);
    }
  }, 240_000);
});
