import { nextStep, progressOf } from './MigrationViews';

describe('nextStep', () => {
  const count = (state: string, blocked?: string) => ({
    state,
    blocked,
    count: 2,
  });
  it.each([
    ['draft', [], 0, 'start'],
    ['draft', [], 1, 'none'],
    ['paused', [count('pending')], 0, 'none'],
    ['active', [count('pending'), count('approved')], 0, 'simulate'],
    ['active', [count('approved'), count('simulated', 'review')], 0, 'publish'],
    ['active', [count('simulated', 'question')], 0, 'review'],
    ['active', [count('simulated', 'no-owner')], 0, 'none'],
    ['active', [], 0, 'none'],
  ])('of %s with %j and %d errors is %s', (state, counts, errors, action) => {
    expect(nextStep({ state }, counts, errors).action).toBe(action);
  });

  it('publishes nothing by hand once a wave is open', () => {
    const counts = [count('approved'), count('simulated', 'review')];
    expect(nextStep({ state: 'active' }, counts, 0, true).action).toBe(
      'review',
    );
  });

  it('adds up what is there', () => {
    const counts = [
      count('pending'),
      count('simulated', 'review'),
      count('simulated', 'question'),
      { state: 'ended', outcome: 'migrated', count: 3 },
    ];
    expect(progressOf({ state: 'active' }, counts)).toMatchObject({
      total: 9,
      counts,
    });
    expect(nextStep({ state: 'active' }, counts.slice(1), 0).label).toBe(
      'Review 4',
    );
  });
});
