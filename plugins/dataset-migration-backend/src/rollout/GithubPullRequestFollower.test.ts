import { RolloutFacts } from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { NEW_SQL, RolloutHarness } from './__testUtils__/RolloutHarness';

jest.setTimeout(60_000);

describe('GithubPullRequestFollower', () => {
  let harness: RolloutHarness;
  let target: TargetRecord;

  beforeEach(async () => {
    harness = await RolloutHarness.create();
    const published = await harness
      .backend()
      .publisher.publish(
        harness.target(),
        harness.change(),
        harness.text,
        harness.signal,
      );
    target = harness.target({ ...published, state: 'open' });
    harness.targets = [target];
  });
  afterEach(() => harness.close());

  async function follow(overrides: Partial<TargetRecord> = {}) {
    harness.applied.length = 0;
    await harness
      .backend()
      .follower.follow({ ...target, ...overrides }, harness.signal);
    return harness.applied;
  }

  async function check(status: string, conclusion?: string) {
    await harness.rest('POST', '/check-runs', {
      name: 'build',
      head_sha: target.pushedCommit,
      status,
      ...(conclusion && { conclusion }),
    });
  }

  it('says nothing when nothing is new', async () => {
    expect(await follow()).toEqual([]);
    expect(await follow({ blocked: 'halted' })).toEqual([]);
  });

  it('follows the checks', async () => {
    await check('in_progress');
    expect(await follow()).toEqual([
      {
        event: 'block',
        details: { blocked: 'checks-pending', message: 'Running: build.' },
      },
    ]);

    await check('completed', 'failure');
    const [failing] = await follow({ blocked: 'checks-pending' });
    expect(failing).toMatchObject({
      event: 'block',
      details: { blocked: 'checks-failing', message: 'Failing: build.' },
    });
    const facts = failing.details?.facts as RolloutFacts;
    expect(
      await follow({
        blocked: 'checks-failing',
        message: 'Failing: build.',
        facts,
      }),
    ).toEqual([]);

    await check('completed', 'success');
    expect(await follow({ blocked: 'checks-failing', facts })).toMatchObject([
      {
        event: 'unblock',
        details: { facts: { checks: { result: 'passed' } } },
      },
    ]);
  });

  it.each([
    ['passed', 'success', 'passed'],
    ['failed', 'failure', 'failed'],
    ['did not run', undefined, 'unknown'],
  ])(
    'tells a failure that %s on the base from others',
    async (_, onBase, said) => {
      if (onBase) {
        await harness.rest('POST', '/check-runs', {
          name: 'build',
          head_sha: harness.head(),
          status: 'completed',
          conclusion: onBase,
        });
      }
      await check('completed', 'failure');
      expect(await follow()).toMatchObject([
        {
          event: 'block',
          details: {
            blocked: 'checks-failing',
            facts: {
              checks: { result: 'failed', onBase: said, failing: ['build'] },
            },
          },
        },
      ]);
    },
  );

  it('puts passing checks on record where nothing else is new', async () => {
    await check('completed', 'success');
    const [first] = await follow();
    expect(first).toMatchObject({
      event: 'unblock',
      details: { facts: { checks: { result: 'passed' } } },
    });
    expect(
      await follow({ facts: first.details?.facts as RolloutFacts }),
    ).toEqual([]);
  });

  it.each([
    ['a label', '/issues/N/labels', { labels: ['Wrong'] }, true],
    ['a comment', '/issues/N/comments', { body: '/wrong join' }, true],
    ['another comment', '/issues/N/comments', { body: 'Not now.' }, false],
  ])(
    'knows by %s whether it was closed as wrong',
    async (_, path, body, wrong) => {
      const number = String(target.pullRequest?.number);
      await harness.rest('POST', path.replace('N', number), body);
      await harness.rest('PATCH', `/pulls/${number}`, { state: 'closed' });
      expect(await follow()).toMatchObject([
        {
          event: 'closed-by-people',
          details: { facts: { closed: { asWrong: wrong } } },
        },
      ]);
    },
  );

  it('records what was merged', async () => {
    const { sha } = (await harness.rest(
      'PUT',
      `/pulls/${target.pullRequest?.number}/merge`,
      {},
    )) as { sha: string };

    expect(await follow()).toMatchObject([
      {
        event: 'merged',
        details: { mergedCommit: sha, pullRequest: { state: 'merged' } },
      },
    ]);
  });

  it('sees that people closed it', async () => {
    await harness.rest('PATCH', `/pulls/${target.pullRequest?.number}`, {
      state: 'closed',
    });

    expect(await follow()).toMatchObject([
      {
        event: 'closed-by-people',
        details: { pullRequest: { state: 'closed' } },
      },
    ]);
  });

  it("sees a person's commit once", async () => {
    const theirs = await harness.push(target.branch ?? '', {
      'sql/report.sql': `${NEW_SQL}-- mine\n`,
    });

    const [edited] = await follow();
    expect(edited).toMatchObject({
      event: 'edited-by-people',
      details: { pullRequest: { headCommit: theirs } },
    });
    expect(
      await follow({
        blocked: 'edited-by-people',
        pullRequest: edited.details.pullRequest as TargetRecord['pullRequest'],
      }),
    ).toEqual([]);
  });

  it('sees a conflict with the base', async () => {
    await harness.push('main', {
      'sql/report.sql': 'SELECT 1\n',
    });

    expect(await follow()).toMatchObject([{ event: 'conflict' }]);
  });

  it('follows a reverse change to its end', async () => {
    const number = target.pullRequest?.number;
    await harness.rest('PUT', `/pulls/${number}/merge`, {});
    const reverted = await harness
      .backend()
      .reverter.revert(target, harness.text, harness.signal);
    if (reverted.kind !== 'proposed') throw new Error(reverted.kind);
    const reverting = { state: 'reverting', revert: reverted.revert };
    const pull = `/pulls/${reverted.revert.number}`;

    expect(await follow(reverting)).toEqual([]);

    await harness.rest('PATCH', pull, { state: 'closed' });
    expect(await follow(reverting)).toMatchObject([{ event: 'revert-failed' }]);

    await harness.rest('PATCH', pull, { state: 'open' });
    await harness.rest('PUT', `${pull}/merge`, {});
    expect(await follow(reverting)).toMatchObject([{ event: 'reverted' }]);
  });

  it('takes webhooks as hints and looks for itself', async () => {
    const number = target.pullRequest?.number;
    await harness.rest('PUT', `/pulls/${number}/merge`, {});
    const backend = harness.backend();
    const repository = {
      full_name: 'demo/consumer',
      html_url: harness.repository.htmlUrl,
    };
    const hint = (topic: string, payload: unknown) =>
      backend.handleGithubEvent(topic, payload, harness.signal);

    // A lie about the state changes nothing: the forge is asked.
    expect(
      await hint('github.pull_request', {
        repository,
        pull_request: { number, state: 'closed', merged: false },
      }),
    ).toBe(1);
    expect(
      await hint('github.push', {
        repository,
        ref: `refs/heads/${target.branch}`,
      }),
    ).toBe(1);
    expect(harness.applied.map(each => each.event)).toEqual([
      'merged',
      'merged',
    ]);

    const elsewhere = { ...repository, html_url: 'https://evil.test/x' };
    expect(
      await hint('github.push', {
        repository: elsewhere,
        ref: `refs/heads/${target.branch}`,
      }),
    ).toBe(0);
    expect(await hint('github.push', { repository: 7 })).toBe(0);
  });

  it('reconciles all open pull requests, and goes on after one that fails', async () => {
    await harness.rest('PUT', `/pulls/${target.pullRequest?.number}/merge`, {});
    harness.targets = [
      {
        ...target,
        id: 'gone',
        repository: `${harness.forge.host}/demo/nowhere`,
      },
      target,
      { ...target, id: 'merged', state: 'merged' },
    ];

    expect(await harness.backend().reconcile.run(harness.signal)).toEqual({
      followed: 1,
      failed: 1,
    });
    expect(harness.applied.map(each => each.event)).toEqual(['merged']);
  });
});
