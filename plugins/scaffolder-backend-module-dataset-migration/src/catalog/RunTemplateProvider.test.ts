import { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import { RunTemplateProvider } from './RunTemplateProvider';

describe('RunTemplateProvider', () => {
  it('gives the catalog the template that the plugin starts', async () => {
    const mutations: unknown[] = [];
    const connection: EntityProviderConnection = {
      applyMutation: async mutation => {
        mutations.push(mutation);
      },
      refresh: async () => {},
    };
    await new RunTemplateProvider().connect(connection);
    expect(mutations).toEqual([
      {
        type: 'full',
        entities: [
          {
            locationKey: 'dataset-migration-run-template',
            entity: expect.objectContaining({
              kind: 'Template',
              metadata: expect.objectContaining({
                name: 'dataset-migration-run',
                annotations: expect.objectContaining({
                  'backstage.io/managed-by-location':
                    'dataset-migration:templates/dataset-migration-run.yaml',
                }),
              }),
              spec: expect.objectContaining({
                steps: [
                  expect.objectContaining({
                    action: 'dataset-migration:agent:run',
                  }),
                ],
              }),
            }),
          },
        ],
      },
    ]);
  });
});
