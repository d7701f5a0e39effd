import { DataContract } from '../contract/DataContract';
import { buildMapping } from '../mapping/buildMapping';
import { parsePlan } from './parsePlan';
import {
  fullPlan,
  newContract,
  oldContract,
  smallPlan,
} from './examplePlan.fixture';

const codes = (text: string, contracts = {}) =>
  parsePlan(text, contracts).problems.map(
    ({ code, line }) => `${line} ${code}`,
  );

const contracts: { fromContract: DataContract; toContract: DataContract } = {
  fromContract: oldContract,
  toContract: newContract,
};

describe('parsePlan', () => {
  it('accepts a plan whose mapping covers the old contract', () => {
    const { plan, problems } = parsePlan(smallPlan, contracts);
    expect(problems).toEqual([]);
    expect(plan?.metadata.name).toBe('user-activity-v2');
    const mapping = buildMapping({ plan: plan!, ...contracts, version: 3 });
    expect(mapping.fields.map(({ name, kind }) => [name, kind])).toEqual([
      ['user_id', 'same'],
      ['country', 'rename'],
      ['activity_ts', 'expression'],
      ['score', 'ask'],
      ['legacy_id', 'gone'],
    ]);
    expect(mapping.from.names).toEqual({
      tables: ['acme.analytics.user_activity_v1', 'analytics.user_activity_v1'],
      dbtSources: [['raw', 'user_activity_v1']],
      dbtRefs: ['user_activity_v1'],
      patterns: ['${env}_analytics.user_activity_v1'],
      symbols: [],
    });
  });

  it('refuses what the format has and we do not, each with its line', () => {
    const { problems } = parsePlan(fullPlan);
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['NOT_SUPPORTED_YET']),
    );
    const lines = fullPlan.split('\n');
    for (const { line, path, column } of problems) {
      const key = path.split('.').pop()!;
      expect(lines[line - 1].slice(column - 1)).toMatch(new RegExp(`^${key}`));
    }
    expect(problems.map(({ path }) => path).sort()).toEqual([
      'spec.agent.then',
      'spec.approval.sensitive',
      'spec.data',
      'spec.limits.budget',
      'spec.limits.resources',
    ]);
  });

  it.each([
    ['a tab', 'a:\n\t- b', /^2 YAML_INVALID/],
    ['nothing', '', /^1 YAML_EMPTY/],
    ['two documents', 'a: 1\n---\nb: 2', /YAML_SEVERAL_DOCUMENTS/],
    ['a key twice', 'a: 1\na: 2', /^2 YAML_DUPLICATE_KEY/],
    ['a list', '[1, 2]', /^1 VALUE_INVALID/],
    ['too much', ' '.repeat(600 * 1024), /^1 FILE_TOO_LARGE/],
    ['deep nesting', '['.repeat(100_000), /^1 YAML_TOO_DEEP/],
    [
      'an alias bomb',
      `a: &a [x, x]\nb: &b [*a, *a]\n${Array.from(
        { length: 12 },
        (_, i) => `c${i}: [*b, *b]`,
      ).join('\n')}`,
      /YAML_ALIASES/,
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(codes(text).join('\n')).toMatch(expected);
  });

  it.each([
    [
      '    country: country_code',
      '    country: Country Code!',
      '22 VALUE_INVALID',
    ],
    [
      '    country: country_code',
      '    countri: country_code',
      '22 FIELD_UNKNOWN',
    ],
    ['    country: country_code', '    country: kountry', '22 FIELD_UNKNOWN'],
    ['      country: country_code\n', '', '21 FIELD_NOT_MAPPED'],
    ['name: user-activity-v2', 'name: User_Activity', '4 VALUE_INVALID'],
    ['owner: group:default/data', 'owner: data', '6 ENTITY_REF_INVALID'],
    ['deadline: 2027-03-31', 'deadline: 2027-02-31', '7 DATE_INVALID'],
    ['timeout: PT30M', 'timeout: 30 minutes', '31 DURATION_INVALID'],
    ['attempts: 3', 'atempts: 3', '31 KEY_UNKNOWN'],
    ['share: 25%', 'share: 5%', '30 WAVES_INVALID'],
    ['{ share: 100% }', '{ share: 90% }', '30 WAVES_INVALID'],
    [
      '{ is: TIMESTAMP_MILLIS(event_ms) }',
      '{ is: x, gone: y }',
      '23 VALUE_INVALID',
    ],
    [
      'TIMESTAMP_MILLIS(event_ms)',
      'MAX(event_ms) OVER (ORDER BY 1)',
      '23 PLAN_SHAPE_UNSUPPORTED',
    ],
    [
      'TIMESTAMP_MILLIS(event_ms)',
      'MAX(event_ms)',
      '23 PLAN_SHAPE_UNSUPPORTED',
    ],
    [
      'dataset: resource:default/user-activity-v2',
      'dataset: resource:default/user-activity-v1',
      '16 PLAN_SAME_NAME',
    ],
    [
      '  workflow: default',
      '  workflow: { steps: [{ name: publish }] }',
      '32 WORKFLOW_SKIPS_APPROVAL',
    ],
    [
      '  workflow: default',
      '  workflow: { steps: [{ name: simulate, depends_on: [approve] }, { name: approve, depends_on: [simulate] }] }',
      '32 WORKFLOW_CYCLE',
    ],
    [
      '  workflow: default',
      '  workflow: { steps: [{ name: simulate, depends_on: [dream] }] }',
      '32 WORKFLOW_STEP_UNKNOWN',
    ],
  ])('%s → %s', (find, replacement, expected) => {
    expect(smallPlan).toContain(find);
    expect(codes(smallPlan.replace(find, replacement), contracts)).toContain(
      expected,
    );
  });

  it('says how to write an expression that holds a comma', () => {
    const text = smallPlan.replace('TIMESTAMP_MILLIS(event_ms)', 'F(a, b)');
    expect(parsePlan(text).problems).toMatchObject([
      {
        code: 'KEY_UNKNOWN',
        line: 23,
        message: expect.stringMatching(/quotes/),
      },
    ]);
  });

  it('refuses an old field whose type changed without a mapping', () => {
    const toContract = {
      ...newContract,
      fields: newContract.fields.map(field =>
        field.name === 'user_id' ? { ...field, type: 'STRING' } : field,
      ),
    };
    expect(codes(smallPlan, { ...contracts, toContract })).toEqual([
      '21 FIELD_TYPE_DIFFERS',
    ]);
  });

  it('refuses versions that share every name', () => {
    const [table, tables] = [oldContract.table, oldContract.tables];
    const toContract = { ...newContract, table, tables };
    const text = smallPlan.replace(/ {4}names:\n.*\n.*\n/, '');
    expect(codes(text, { ...contracts, toContract })).toEqual([
      '11 PLAN_SAME_NAME',
    ]);
  });

  it('refuses several tables by name', () => {
    const text = smallPlan.replace(
      / {2}to:\n(.*\n){3}/,
      '  to: [{ dataset: a }, { dataset: b }]\n',
    );
    expect(codes(text)).toContain('14 PLAN_SHAPE_UNSUPPORTED');
  });
});
