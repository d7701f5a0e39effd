import { git } from './__testUtils__/git';
import {
  NEW_SQL,
  OLD_SQL,
  RolloutHarness,
} from './__testUtils__/RolloutHarness';

jest.setTimeout(60_000);

describe('PullRequestPublisher', () => {
  const BRANCH = 'dataset-migration/events-v1-to-v2/a1b2c3d4e5f6';
  let harness: RolloutHarness;

  beforeEach(async () => {
    harness = await RolloutHarness.create();
  });
  afterEach(() => harness.close());

  function publish(
    target = harness.target(),
    change = harness.changes[0] ?? harness.change(),
    backend = harness.backend(),
  ) {
    return backend.publisher.publish(
      target,
      change,
      harness.text,
      harness.signal,
    );
  }

  it('pushes exactly the approved patch and opens one pull request', async () => {
    const result = await publish();

    expect(result.branch).toBe(BRANCH);
    const { gitDir } = harness.repository;
    expect(git(gitDir, 'rev-parse', BRANCH)).toBe(result.pushedCommit);
    expect(git(gitDir, 'show', `${BRANCH}:sql/report.sql`)).toBe(
      NEW_SQL.trim(),
    );
    expect(git(gitDir, 'diff', '--name-only', 'main', BRANCH)).toBe(
      'sql/report.sql',
    );
    expect(git(gitDir, 'log', '-1', '--format=%B', BRANCH)).toContain(
      `Dataset-Migration: migration-1/${harness.target().id}`,
    );
    expect(await harness.pullRequests()).toEqual([
      expect.objectContaining({
        number: result.pullRequest.number,
        state: 'open',
        body: expect.stringContaining('digest=digest1'),
      }),
    ]);
  });

  it('opens no second pull request when it runs again', async () => {
    const first = await publish();
    const again = await publish();
    const recorded = await publish(
      harness.target({
        branch: first.branch,
        pushedCommit: first.pushedCommit,
        pullRequest: first.pullRequest,
      }),
    );

    expect(again).toEqual(first);
    expect(recorded).toEqual(first);
    expect(await harness.pullRequests()).toHaveLength(1);
  });

  it('goes on after a crash between push and pull request', async () => {
    harness.change();
    const backend = harness.backend();
    const crash = new Error('killed');
    jest.spyOn(backend.forge, 'openPullRequest').mockRejectedValue(crash);
    await expect(publish(undefined, undefined, backend)).rejects.toBe(crash);
    const pushed = git(harness.repository.gitDir, 'rev-parse', BRANCH);
    // Meanwhile the base moves, away from the files of the change.
    await harness.push('main', { 'README.md': 'Later\n' });

    const result = await publish();

    expect(result.pushedCommit).toBe(pushed);
    expect(await harness.pullRequests()).toHaveLength(1);
  });

  it('adopts the pull request when the answer to opening it was lost', async () => {
    harness.change();
    const backend = harness.backend();
    const open = backend.forge.openPullRequest.bind(backend.forge);
    jest
      .spyOn(backend.forge, 'openPullRequest')
      .mockImplementation(async call => {
        await open(call);
        throw new Error('connection reset');
      });

    const result = await publish(undefined, undefined, backend);

    expect((await harness.pullRequests()).map(each => each.number)).toEqual([
      result.pullRequest.number,
    ]);
  });

  it('adopts what people merged before it was recorded', async () => {
    const first = await publish();
    await harness.rest('PUT', `/pulls/${first.pullRequest.number}/merge`, {});

    const result = await publish();

    expect(result.pullRequest).toEqual({
      ...first.pullRequest,
      state: 'merged',
    });
    expect(await harness.pullRequests()).toHaveLength(1);
  });

  it('opens a new pull request for a target that was retried after people closed the first', async () => {
    const first = await publish();
    await harness.rest('PATCH', `/pulls/${first.pullRequest.number}`, {
      state: 'closed',
    });

    const result = await publish(
      harness.target({
        branch: first.branch,
        pushedCommit: first.pushedCommit,
        pullRequest: { ...first.pullRequest, state: 'closed' },
      }),
    );

    expect(result.pullRequest.number).not.toBe(first.pullRequest.number);
    expect(result.pullRequest.state).toBe('open');
  });

  it('replaces its own older commit, and describes the open pull request anew', async () => {
    const first = await publish();
    const other = harness.change({ 'sql/report.sql': `${NEW_SQL}LIMIT 1\n` });

    const result = await publish(harness.target(), other);

    expect(result.pullRequest.number).toBe(first.pullRequest.number);
    expect(result.pushedCommit).not.toBe(first.pushedCommit);
    const [open] = await harness.pullRequests();
    expect(open.head.sha).toBe(result.pushedCommit);
    expect(open.body).toContain('digest=digest2');
  });

  it("never pushes over a person's commit", async () => {
    const first = await publish();
    const theirs = await harness.push(BRANCH, {
      'sql/report.sql': `${NEW_SQL}-- reviewed\n`,
    });
    const other = harness.change({ 'sql/report.sql': `${NEW_SQL}LIMIT 1\n` });

    for (const target of [
      harness.target(),
      harness.target({ pushedCommit: first.pushedCommit }),
    ]) {
      await expect(publish(target, other)).rejects.toMatchObject({
        name: 'EditedByPeopleError',
        commit: theirs,
      });
    }
    expect(git(harness.repository.gitDir, 'rev-parse', BRANCH)).toBe(theirs);
  });

  it("does not take a person's commit for ours because it says so", async () => {
    await publish();
    const { gitDir } = harness.repository;
    const message = git(gitDir, 'log', '-1', '--format=%B', BRANCH);
    git(gitDir, 'update-ref', '-d', `refs/heads/${BRANCH}`);
    git(gitDir, 'branch', BRANCH, 'main');
    const theirs = await harness.push(
      BRANCH,
      { 'sql/report.sql': NEW_SQL },
      message,
    );

    await expect(publish()).rejects.toMatchObject({
      name: 'EditedByPeopleError',
      commit: theirs,
    });
  });

  it('asks for a new simulation when files under the change moved', async () => {
    const change = harness.change();
    await harness.push('main', {
      'sql/report.sql': `-- new\n${OLD_SQL}`,
    });

    await expect(publish(harness.target(), change)).rejects.toMatchObject({
      name: 'BaseChangedError',
      paths: ['sql/report.sql'],
    });
    expect(git(harness.repository.gitDir, 'branch', '--list', BRANCH)).toBe('');
  });

  it.each([
    ['.github/workflows/ci.yml', 'configures checks'],
    ['docs/notes.md', 'outside of the files'],
  ])('pushes nothing that touches %s', async (path, why) => {
    const change = harness.change({ 'sql/report.sql': NEW_SQL, [path]: 'x\n' });

    await expect(publish(harness.target(), change)).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(`"${path}".*${why}`),
    });
    expect(git(harness.repository.gitDir, 'branch', '--list', BRANCH)).toBe('');
  });

  it('says that a repository is archived, gone, or out of reach', async () => {
    const change = harness.change();
    await harness.forge.updateRepository({ name: 'consumer', archived: true });
    await expect(publish(harness.target(), change)).rejects.toMatchObject({
      name: 'ForgeError',
      failure: { signature: 'REPOSITORY_ARCHIVED', retryable: false },
    });

    const gone = harness.target({
      repository: `${harness.forge.host}/demo/nowhere`,
    });
    await expect(publish(gone, change)).rejects.toMatchObject({
      failure: {
        signature: 'REPOSITORY_GONE',
        message: expect.stringContaining('demo/nowhere'),
      },
    });

    const foreign = harness.target({ repository: 'elsewhere.test/a/b' });
    await expect(publish(foreign, change)).rejects.toMatchObject({
      failure: { signature: 'NO_INTEGRATION' },
    });

    const stranger = harness.backend({ token: 'wrong-token-1234' });
    await expect(
      publish(harness.target(), change, stranger),
    ).rejects.toMatchObject({ failure: { signature: 'BAD_CREDENTIALS' } });
  });

  it('can be tried again when the forge is down', async () => {
    const change = harness.change();
    const backend = harness.backend({
      apiBaseUrl: 'http://127.0.0.1:9/api/v3',
    });
    await expect(
      publish(harness.target(), change, backend),
    ).rejects.toMatchObject({
      failure: { signature: 'FORGE_DOWN', retryable: true },
    });
  });

  it('gives a request back to the queue when its own budget is used up', async () => {
    harness.change();
    const backend = harness.backend({ forge: { writesPerHour: 1 } });
    await publish(undefined, undefined, backend);
    const other = harness.change({ 'sql/report.sql': `${NEW_SQL}LIMIT 1\n` });

    await expect(
      publish(harness.target(), other, backend),
    ).rejects.toMatchObject({
      failure: {
        signature: 'FORGE_BUDGET',
        retryable: true,
        retryAt: expect.any(Number),
      },
    });
  });
});

describe('PullRequestPublisher behind the limits of the forge', () => {
  it('says when to come back', async () => {
    const harness = await RolloutHarness.create({
      limits: { primaryPerHour: 1 },
    });
    try {
      const failing = harness
        .backend()
        .publisher.publish(
          harness.target(),
          harness.change(),
          harness.text,
          harness.signal,
        );
      const started = Date.now();
      const error: unknown = await failing.then(
        () => undefined,
        reason => reason,
      );
      expect(error).toMatchObject({
        failure: { signature: 'FORGE_BUDGET', retryable: true },
      });
      const { failure } = error as { failure: { retryAt: number } };
      expect(failure.retryAt).toBeGreaterThan(started);
    } finally {
      await harness.close();
    }
  });
});
