import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { PlanLoader } from './PlanLoader';

const PLACE = 'https://forge.example/acme/data/blob/main';
const files = new Map<string, string>([
  ['https://forge.example/acme/data/tree/main/plans/v2.yaml', 'relative'],
  [`${PLACE}/v2.yaml`, 'absolute'],
  [`${PLACE}/huge.yaml`, 'x'.repeat(600_000)],
]);
const loader = new PlanLoader({
  reader: mockServices.urlReader.mock({
    readUrl: async url => {
      const text = files.get(url);
      if (text === undefined) throw new NotFoundError('gone');
      return { buffer: async () => Buffer.from(text) };
    },
  }),
  integrations: ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [
          { host: 'forge.example', apiBaseUrl: 'https://forge.example/api' },
        ],
      },
    }),
  ),
});

function dataset(plan?: string, location = `url:${PLACE}/catalog-info.yaml`) {
  const entity: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: 'events',
      annotations: {
        'backstage.io/managed-by-location': location,
        ...(plan && { 'dataset-migration/plan': plan }),
      },
    },
    spec: { type: 'dataset' },
  };
  return entity;
}

describe('PlanLoader', () => {
  it('reads the plan that the annotation names, as a path or as a URL', async () => {
    const annotation = { from: 'annotation' } as const;
    const relative = await loader.load(dataset('./plans/v2.yaml'), annotation);
    expect(relative.text).toBe('relative');
    const absolute = await loader.load(dataset(`${PLACE}/v2.yaml`), annotation);
    expect(absolute).toMatchObject({
      text: 'absolute',
      url: `${PLACE}/v2.yaml`,
    });
    expect(loader.planUrl(dataset())).toBeUndefined();
  });

  it('reads contracts beside the plan, and beside the dataset for a pasted one', async () => {
    const pasted = await loader.load(dataset(), {
      from: 'text',
      text: 'kind: x',
    });
    expect(await loader.readContract('./plans/v2.yaml', pasted)).toBe(
      'relative',
    );
    const beside = { text: '', base: `${PLACE}/plans/plan.yaml` };
    expect(await loader.readContract('./v2.yaml', beside)).toBe('relative');
    await expect(
      loader.readContract('./v2.yaml', { text: '' }),
    ).rejects.toThrow(/Use a URL/);
  });

  it.each([
    ['nothing pasted', { from: 'text', text: '  ' }, /is empty/],
    ['no URL', { from: 'url' }, /Give the URL/],
    ['no annotation', { from: 'annotation' }, /has no dataset-migration\/plan/],
    [
      'a file of this machine',
      { from: 'url', url: 'file:///etc/passwd' },
      /not an http/,
    ],
    [
      'nothing there',
      { from: 'url', url: `${PLACE}/no.yaml` },
      /There is no file/,
    ],
    [
      'a huge file',
      { from: 'url', url: `${PLACE}/huge.yaml` },
      /more than 524288 bytes/,
    ],
  ] as const)('refuses %s', async (_, source, message) => {
    await expect(loader.load(dataset(), source)).rejects.toThrow(message);
  });
});
