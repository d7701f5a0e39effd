import { aTarget } from '../testing/records';
import { actionTargets, describeEffect } from './actionTargets';

describe('actionTargets', () => {
  const all = [
    aTarget({ id: 'pending' }),
    aTarget({ id: 'simulated', state: 'simulated' }),
    aTarget({ id: 'first', state: 'approved', wave: 1 }),
    aTarget({ id: 'second', state: 'approved', wave: 2 }),
    aTarget({ id: 'open', state: 'open' }),
    aTarget({ id: 'merged', state: 'merged' }),
    aTarget({ id: 'reverting', state: 'reverting' }),
    aTarget({ id: 'migrated', state: 'ended', outcome: 'migrated' }),
    aTarget({ id: 'skipped', state: 'ended', outcome: 'skipped' }),
    aTarget({ id: 'lost', state: 'unresolved' }),
  ];
  const ids = (...args: Parameters<typeof actionTargets>) =>
    actionTargets(...args).map(each => each.id);

  it('simulates what waits, and again only what was chosen', () => {
    expect(ids('simulate', all)).toEqual(['pending']);
    expect(ids('simulate', all, { targetIds: ['simulated', 'open'] })).toEqual([
      'simulated',
    ]);
    expect(ids('simulate', all, { targetIds: [] })).toEqual([]);
  });

  it('publishes open waves only, whatever was chosen', () => {
    expect(ids('publish', all)).toEqual([]);
    expect(ids('publish', all, { openTo: 1 })).toEqual(['first']);
    expect(ids('publish', all, { openTo: 1, targetIds: ['second'] })).toEqual([
      'first',
    ]);
    const verifying = aTarget({
      id: 'verifying',
      state: 'approved',
      blocked: 'verification',
      wave: 1,
    });
    expect(ids('publish', [...all, verifying], { openTo: 1 })).toEqual([
      'first',
    ]);
  });

  it('cancels what is not merged, and leaves the rest', () => {
    expect(ids('cancel', all)).toEqual([
      'pending',
      'simulated',
      'first',
      'second',
      'open',
      'lost',
    ]);
  });

  it('rolls back everything that is not back already', () => {
    expect(ids('roll-back', all)).toEqual([
      'pending',
      'simulated',
      'first',
      'second',
      'open',
      'merged',
      'migrated',
      'lost',
    ]);
  });

  it.each(['start', 'pause', 'resume', 'discard', 'discover'] as const)(
    'moves none to %s',
    action => expect(ids(action, all)).toEqual([]),
  );

  it('says in numbers what it will do', () => {
    expect(
      describeEffect('roll-back', actionTargets('roll-back', all)),
    ).toEqual({
      targets: 8,
      repositories: 8,
      owners: 1,
      message:
        'Closes 1 open pull request and deletes their branches, opens 2 reverse pull requests, cancels 5 other targets.',
    });
    expect(describeEffect('publish', []).message).toBe(
      'Opens 0 pull requests in 0 repositories of 0 teams; none is merged. Later waves open by themselves.',
    );
    expect(describeEffect('cancel', all).message).toMatch(
      /1 open pull request;/,
    );
    const again = aTarget({
      state: 'simulating',
      pullRequest: {
        number: 1,
        url: 'https://forge.example/1',
        state: 'open',
        headCommit: 'a'.repeat(40),
      },
    });
    expect(describeEffect('cancel', [...all, again]).message).toMatch(
      /2 open pull requests;/,
    );
    expect(describeEffect('roll-back', [again]).message).toMatch(
      /^Closes 1 open pull request .* 0 other targets/,
    );
  });
});
