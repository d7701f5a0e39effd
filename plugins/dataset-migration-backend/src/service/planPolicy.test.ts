import { MigrationPlan } from 'backstage-plugin-dataset-migration-common';
import { requireRung, requireStep } from './planPolicy';

function planWith(spec: object): MigrationPlan {
  return { spec } as MigrationPlan;
}

describe('requireRung', () => {
  it.each([
    [
      { require: 'equivalent', otherwise: 'refuse' },
      'resolves',
      /only "resolves"/,
    ],
    [{ require: 'equivalent', otherwise: 'refuse' }, undefined, /unverified/],
    [{ otherwise: 'refuse' }, 'compiles', /requires "equivalent"/],
  ] as const)('refuses %j for %p', (verify, rung, message) => {
    expect(() => requireRung(planWith({ verify }), rung)).toThrow(message);
  });

  it.each([
    [{ require: 'equivalent', otherwise: 'refuse' }, 'equivalent'],
    [{ require: 'parses', otherwise: 'refuse' }, 'resolves'],
    [{ require: 'equivalent', otherwise: 'review' }, 'resolves'],
    [undefined, undefined],
  ] as const)('takes %j for %p', (verify, rung) => {
    expect(() => requireRung(planWith({ verify }), rung)).not.toThrow();
  });
});

describe('requireStep', () => {
  const workflow = { steps: [{ name: 'discover' }, { name: 'simulate' }] };

  it('refuses a step that the workflow leaves out', () => {
    expect(() => requireStep(planWith({ workflow }), 'publish')).toThrow(
      /no step "publish"/,
    );
  });

  it('takes the steps it has, and all where it is the default', () => {
    expect(() => requireStep(planWith({ workflow }), 'simulate')).not.toThrow();
    expect(() =>
      requireStep(planWith({ workflow: 'default' }), 'publish'),
    ).not.toThrow();
    expect(() => requireStep(planWith({}), 'publish')).not.toThrow();
  });
});
