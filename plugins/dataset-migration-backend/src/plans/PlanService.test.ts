import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  PAGE_VIEWS_PLAN,
  PAGE_VIEWS_V1,
  PAGE_VIEWS_V2,
  pageViewsCatalog,
} from '../testing/pageViews';
import { MappingProblem, PlanChecker } from './PlanChecker';
import { PlanLoader } from './PlanLoader';
import { PlanService } from './PlanService';

const CODE = 'https://forge.example/acme';
const [DATASET] = pageViewsCatalog(CODE);

async function check(
  changes: {
    plan?: string;
    v1?: string;
    v2?: string;
    expressions?: MappingProblem[];
  } = {},
) {
  const { plan = PAGE_VIEWS_PLAN, v1 = PAGE_VIEWS_V1 } = changes;
  const files: Record<string, string | undefined> = {
    [`${CODE}/datasets/blob/main/plan.yaml`]: plan,
    [`${CODE}/datasets/tree/main/v1.odcs.yaml`]: v1,
    [`${CODE}/datasets/tree/main/v2.odcs.yaml`]: changes.v2 ?? PAGE_VIEWS_V2,
  };
  const checker: Pick<PlanChecker, 'check'> = {
    check: async () => changes.expressions ?? [],
  };
  const service = new PlanService({
    loader: new PlanLoader({
      reader: mockServices.urlReader.mock({
        readUrl: async url => {
          const text = files[url];
          if (!text) throw new NotFoundError(url);
          return { buffer: async () => Buffer.from(text) };
        },
      }),
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: {
            github: [{ host: 'forge.example', apiBaseUrl: `${CODE}/api` }],
          },
        }),
      ),
    }),
    checker: checker as PlanChecker,
  });
  const checked = await service.check(DATASET, { from: 'annotation' }, 3);
  const lines = checked.text.split('\n');
  return {
    mapping: checked.mapping,
    problems: checked.problems.map(problem => [
      problem.code,
      lines[problem.line - 1].trim(),
    ]),
  };
}

describe('PlanService', () => {
  it('makes the mapping of a plan without problems, of the version it is told', async () => {
    const { mapping, problems } = await check();
    expect(problems).toEqual([]);
    expect(mapping).toMatchObject({
      version: 3,
      from: { dataset: 'resource:default/page-views-v1' },
      to: { dataset: 'resource:default/page-views-v2' },
    });
  });

  it('says which contract it cannot read, and goes on looking', async () => {
    const { mapping, problems } = await check({ v1: '', v2: 'kind: Other\n' });
    expect(mapping).toBeUndefined();
    expect(problems).toContainEqual([
      'CONTRACT_NOT_READABLE',
      'contract: ./v1.odcs.yaml',
    ]);
    expect(problems.map(each => each[1])).toContain('contract: ./v2.odcs.yaml');
  });

  it('refuses a plan of another dataset', async () => {
    const { mapping, problems } = await check({
      plan: PAGE_VIEWS_PLAN.replace('page-views-v1', 'page-views-v0'),
    });
    expect(mapping).toBeUndefined();
    expect(problems.map(each => each[0])).toContain('PLAN_OTHER_DATASET');
  });

  it('keeps the mapping for a warning of the checker, not for an error', async () => {
    const problem = (severity: 'error' | 'warning'): MappingProblem => ({
      place: 'fields.url',
      code: 'TYPE',
      message: 'Another type.',
      severity,
    });
    const warned = await check({ expressions: [problem('warning')] });
    expect(warned.problems).toEqual([['TYPE', 'url: page_url']]);
    expect(warned.mapping).toBeDefined();
    const refused = await check({ expressions: [problem('error')] });
    expect(refused.mapping).toBeUndefined();
  });

  it.each(['', 'kind: [', 'a: &a [*a]', '42', '\0'])(
    'answers %j with problems, not with an error',
    async plan => {
      const { mapping, problems } = await check({
        plan: plan || '# nothing\n',
      });
      expect(mapping).toBeUndefined();
      expect(problems.length).toBeGreaterThan(0);
    },
  );
});
