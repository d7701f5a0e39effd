import { Entity } from '@backstage/catalog-model';

const contract = (version: number, fields: string) => `apiVersion: v3.1.0
kind: DataContract
id: page-views
name: page-views
version: ${version}.0.0
status: active
servers:
  - { server: production, type: bigquery, project: acme, dataset: web }
schema:
  - name: page_views_v${version}
    physicalName: acme.web.page_views_v${version}
    physicalType: table
    properties:
      - { name: view_id, logicalType: string, physicalType: STRING }
${fields}
`;

/** Two small contracts: the address of the page has another name in the second. */
export const PAGE_VIEWS_V1 = contract(
  1,
  '      - { name: url, logicalType: string, physicalType: STRING }',
);
export const PAGE_VIEWS_V2 = contract(
  2,
  '      - { name: page_url, logicalType: string, physicalType: STRING }',
);

/** A plan between them that gets along without a question. */
export const PAGE_VIEWS_PLAN = `apiVersion: dataset-migration/v1alpha1
kind: MigrationPlan
metadata:
  name: page-views-v2
  title: Page views v1 to v2
spec:
  owner: group:default/data-platform
  from:
    dataset: resource:default/page-views-v1
    contract: ./v1.odcs.yaml
  to:
    dataset: resource:default/page-views-v2
    contract: ./v2.odcs.yaml
  mapping:
    dialect: bigquery
    output: keep
    fields:
      url: page_url
`;

/** The catalog around them. */
export function pageViewsCatalog(codeUrl: string): Entity[] {
  return [
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: {
        name: 'page-views-v1',
        namespace: 'default',
        annotations: {
          'dataset-migration/plan': `${codeUrl}/datasets/blob/main/plan.yaml`,
          'dataset-migration/current-version': '1.0.0',
          'dataset-migration/target-version': '2.0.0',
        },
      },
      spec: { type: 'dataset', owner: 'data-platform' },
    },
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name: 'cluster', namespace: 'default' },
      spec: { type: 'kubernetes-cluster', owner: 'data-platform' },
    },
    consumer('report', `url:${codeUrl}/consumer/tree/main/sql/`),
    consumer('attic', `url:${codeUrl}/attic/tree/main/`),
    consumer('lost'),
  ];
}

/** A component that depends on the first version. */
export function consumer(name: string, location?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: location
        ? { 'backstage.io/source-location': location }
        : undefined,
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'reporting' },
    relations: [
      { type: 'dependsOn', targetRef: 'resource:default/page-views-v1' },
    ],
  };
}
