import { parseContract } from './parseContract';

const contract = `apiVersion: v3.1.0
kind: DataContract
id: user-activity
version: 1.0.0
status: active
servers:
  - server: production
    type: bigquery
    project: acme
    dataset: analytics
schema:
  - name: user_activity
    physicalName: user_activity_v1
    description: One row per event
    properties:
      - name: user_id
        physicalType: INT64
        logicalType: integer
        required: true
        primaryKey: true
      - name: platform
        physicalType: STRING
        quality:
          - metric: invalidValues
            mustBe: 0
            arguments: { validValues: [ios, android] }
      - name: device
        physicalType: STRUCT<os STRING>
        properties:
          - { name: os, physicalType: STRING }
`;

describe('parseContract', () => {
  it('reads table, names and fields', () => {
    expect(parseContract(contract)).toEqual({
      problems: [],
      contract: {
        id: 'user-activity',
        version: '1.0.0',
        table: 'user_activity_v1',
        tables: [
          'acme.analytics.user_activity_v1',
          'analytics.user_activity_v1',
          'user_activity_v1',
        ],
        description: 'One row per event',
        fields: [
          {
            name: 'user_id',
            type: 'INT64',
            logicalType: 'integer',
            required: true,
            unique: false,
            primaryKey: true,
          },
          {
            name: 'platform',
            type: 'STRING',
            required: false,
            unique: false,
            primaryKey: false,
            enum: ['ios', 'android'],
          },
          {
            name: 'device',
            type: 'STRUCT<os STRING>',
            required: false,
            unique: false,
            primaryKey: false,
            fields: [
              {
                name: 'os',
                type: 'STRING',
                required: false,
                unique: false,
                primaryKey: false,
              },
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['kind: DataContract', 'kind: Contract', '2 CONTRACT_INVALID'],
    ['v3.1.0', 'v2.2.2', '1 CONTRACT_VERSION_UNSUPPORTED'],
    ['id: user-activity\n', '', '1 CONTRACT_INVALID'],
    ['name: platform', 'name: user_id', '21 NAME_NOT_UNIQUE'],
    ['name: platform', 'name: plat form', '21 CONTRACT_INVALID'],
    ['        physicalType: INT64\n', '', '16 CONTRACT_TYPE_MISSING'],
    [
      '        physicalType: INT64\n        logicalType: integer\n',
      '',
      '16 CONTRACT_TYPE_MISSING',
    ],
    [
      'schema:\n',
      'schema:\n  - { name: other, properties: [{ name: a, physicalType: INT64 }] }\n',
      '11 CONTRACT_SEVERAL_SCHEMAS',
    ],
  ])('%j → %j is a problem', (find, replacement, expected) => {
    expect(contract).toContain(find);
    const { problems } = parseContract(contract.replace(find, replacement));
    expect(problems.map(({ code, line }) => `${line} ${code}`)).toEqual([
      expected,
    ]);
  });

  it('takes one of several schema objects by name', () => {
    const two = contract.replace(
      'schema:\n',
      'schema:\n  - { name: other, properties: [{ name: a, physicalType: INT64 }] }\n',
    );
    expect(parseContract(two, { schema: 'other' }).contract).toMatchObject({
      table: 'other',
      fields: [{ name: 'a' }],
    });
    expect(parseContract(two, { schema: 'none' }).problems).toMatchObject([
      { code: 'CONTRACT_SCHEMA_UNKNOWN', line: 11 },
    ]);
  });

  it('assumes a type only where it is beyond doubt, and says so', () => {
    const { contract: parsed, problems } = parseContract(
      contract.replace('        physicalType: INT64\n', ''),
    );
    expect(parsed?.fields[0].type).toBe('INT64');
    expect(problems[0].severity).toBe('warning');
  });

  it('reads foreign keys of one field, by the names of the database', () => {
    const { contract: orders, problems } = parseContract(
      `apiVersion: v3.1.0
kind: DataContract
id: orders
version: 1.0.0
schema:
  - name: orders
    relationships:
      - { type: foreignKey, from: orders.shop, to: [shops.id] }
      - { from: [orders.shop, orders.customer], to: [a.b, a.c] }
    properties:
      - name: customer
        physicalName: customer_id
        physicalType: INT64
        relationships:
          - { to: customers.id }
          - { to: 'https://example.com/c.yaml#/schema/people/properties/key' }
          - { type: other, to: x.y }
      - { name: shop, physicalType: INT64 }
  - name: customers
    physicalName: lake.customers_v3
    properties:
      - { name: id, physicalName: customer_key, physicalType: INT64 }
`,
      { schema: 'orders' },
    );
    expect(
      orders?.fields.map(({ name, references }) => [name, references]),
    ).toEqual([
      [
        'customer_id',
        [
          { table: 'lake.customers_v3', field: 'customer_key' },
          { table: 'people', field: 'key' },
        ],
      ],
      ['shop', [{ table: 'shops', field: 'id' }]],
    ]);
    expect(
      problems.map(({ code, severity, line }) => [code, severity, line]),
    ).toEqual([
      ['CONTRACT_RELATIONSHIP_NOT_USED', 'warning', 9],
      ['CONTRACT_RELATIONSHIP_NOT_USED', 'warning', 17],
    ]);
  });
});
