import { parsePlan } from './parsePlan';
import { smallPlan } from './examplePlan.fixture';

const problemsOf = (rollout: string) => {
  const text = smallPlan.replace(/^ {2}rollout:.*$/m, `  rollout: ${rollout}`);
  expect(text).not.toBe(smallPlan);
  return parsePlan(text).problems.map(({ code, path }) => `${code} ${path}`);
};

describe('checkPlanRollout', () => {
  it.each([
    '{ order: [criticality, lineage], proceed: { merged: 80%, after: P3D }, soak: PT4H }',
    '{ order: [], proceed: { after: PT1H } }',
    '{ halt: { errorRate: 10%, atLeast: 5 }, onHalt: rollback }',
    '{ halt: { errorRate: 2.5% }, onHalt: rollback-wave }',
    '{ halt: { errorRate: 0% }, onHalt: pause }',
    "{ windows: [{ days: mon-fri, from: '09:00', to: '16:00', timezone: owner }] }",
    "{ windows: [{ from: '22:00', to: '04:00', timezone: Asia/Kolkata }] }",
  ])('takes %s', rollout => {
    expect(problemsOf(rollout)).toEqual([]);
  });

  it.each([
    ['{ order: [size] }', 'VALUE_INVALID spec.rollout.order.0'],
    ['{ order: [lineage, lineage] }', 'VALUE_INVALID spec.rollout.order'],
    ['{ proceed: {} }', 'VALUE_INVALID spec.rollout.proceed'],
    [
      '{ proceed: { merged: most } }',
      'VALUE_INVALID spec.rollout.proceed.merged',
    ],
    ['{ soak: 4h }', 'DURATION_INVALID spec.rollout.soak'],
    ['{ halt: { atLeast: 5 } }', 'KEY_MISSING spec.rollout.halt'],
    [
      '{ halt: { errorRate: 1%, atLeast: 0 } }',
      'VALUE_INVALID spec.rollout.halt.atLeast',
    ],
    [
      '{ halt: { errorRate: 1% }, onHalt: wait }',
      'VALUE_INVALID spec.rollout.onHalt',
    ],
    ['{ onHalt: rollback }', 'ON_HALT_WITHOUT_HALT spec.rollout.onHalt'],
    [
      "{ windows: [{ from: '9:00', to: '16:00' }] }",
      'WINDOW_INVALID spec.rollout.windows.0',
    ],
    [
      "{ windows: [{ from: '09:00', to: '16:00', timezone: Mars/Base }] }",
      'WINDOW_INVALID spec.rollout.windows.0.timezone',
    ],
    ['{ waves: [{ share: 50% }] }', 'WAVES_INVALID spec.rollout.waves.0.share'],
  ])('refuses %s', (rollout, problem) => {
    expect(problemsOf(rollout)).toEqual([problem]);
  });
});
