import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';

jest.setTimeout(60_000);

describe('access, limits and protection of the REST API', () => {
  let fixture: ForgeFixture;

  beforeAll(async () => {
    fixture = await forgeFixture({
      limits: {
        secondaryContentPerMinute: 12,
        searchPerMinute: 2,
        anonymousPerHour: 3,
      },
    });
    await fixture.seed({ name: 'hidden', private: true });
    await fixture.seed({ name: 'open' });
    await fixture.seed({ name: 'old', archived: true });
    await fixture.seed({ name: 'frozen', readOnly: true });
    await fixture.seed({
      name: 'guarded',
      protectedBranches: [
        { name: 'main', requiredApprovals: 1, requiredChecks: ['build'] },
      ],
    });
  });

  afterAll(async () => {
    fixture.contract.verify();
    await fixture.close();
  });

  it('answers 401 to a wrong token and 404 for what a stranger may not know', async () => {
    const wrong = await fetch(`${fixture.forge.apiBaseUrl}/user`, {
      headers: { authorization: 'token nobody' },
    });
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({
      message: 'Bad credentials',
      status: '401',
    });
    const stranger = fixture.as(undefined);
    await expect(
      stranger.rest.repos.get({ owner: 'demo', repo: 'hidden' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(stranger.rest.users.getAuthenticated()).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining('Requires authentication'),
    });
  });

  it('counts a stranger against the small limit, and says so', async () => {
    const url = `${fixture.forge.apiBaseUrl}/repos/demo/open`;
    let last = await fetch(url);
    while (last.status === 200) {
      last = await fetch(url);
    }
    expect(last.status).toBe(403);
    expect(last.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(last.headers.get('x-ratelimit-limit')).toBe('3');
    expect(Number(last.headers.get('x-ratelimit-reset'))).toBeGreaterThan(
      Date.now() / 1000,
    );
    expect(JSON.stringify(await last.json())).toContain(
      'API rate limit exceeded',
    );
  });

  it.each([
    ['old', 'archived'],
    ['frozen', 'push access'],
  ])('refuses writes to %s', async (repo, text) => {
    const root = fixture.as('root');
    const { data } = await root.rest.repos.getBranch({
      owner: 'demo',
      repo,
      branch: 'main',
    });
    await expect(
      root.rest.git.createRef({
        owner: 'demo',
        repo,
        ref: 'refs/heads/x',
        sha: data.commit.sha,
      }),
    ).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining(text),
    });
  });

  it('merges into a protected branch only with its approvals and checks', async () => {
    const place = { owner: 'demo', repo: 'guarded' };
    const bot = fixture.as('bot');
    await fixture.branch('guarded', 'topic', { 't.txt': 't\n' });
    const { data } = await bot.rest.pulls.create({
      ...place,
      title: 'T',
      head: 'topic',
      base: 'main',
    });
    const pull = { ...place, pull_number: data.number };
    expect(data.mergeable_state).toBe('blocked');
    await expect(bot.rest.pulls.merge(pull)).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining(
        'At least 1 approving review is required',
      ),
    });
    await fixture
      .as('alice')
      .rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    await expect(bot.rest.pulls.merge(pull)).rejects.toMatchObject({
      status: 405,
      message: expect.stringContaining(
        'Required status check "build" is expected',
      ),
    });
    await bot.rest.checks.create({
      ...place,
      name: 'build',
      head_sha: data.head.sha,
      conclusion: 'success',
    });
    expect((await bot.rest.pulls.merge(pull)).data.merged).toBe(true);
    await expect(
      bot.rest.git.updateRef({
        ...place,
        ref: 'heads/main',
        sha: data.head.sha,
        force: true,
      }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('limits searches by the minute', async () => {
    const alice = fixture.as('alice');
    const first = await alice.rest.search.code({ q: 'hello' });
    expect(first.headers['x-ratelimit-resource']).toBe('code_search');
    await alice.rest.search.code({ q: 'hello' });
    await expect(alice.rest.search.code({ q: 'hello' })).rejects.toMatchObject({
      status: 403,
    });
  });

  it('answers too many writes with a secondary limit and retry-after', async () => {
    const alice = fixture.as('alice');
    const { data } = await alice.rest.repos.getBranch({
      owner: 'demo',
      repo: 'open',
      branch: 'main',
    });
    const create = (number: number) =>
      alice.rest.git.createRef({
        owner: 'demo',
        repo: 'open',
        ref: `refs/heads/many/${number}`,
        sha: data.commit.sha,
      });
    // One of the twelve was the approval above.
    for (let number = 0; number < 11; number += 1) {
      await create(number);
    }
    await expect(create(11)).rejects.toMatchObject({
      status: 403,
      message: expect.stringMatching(/secondary rate limit/),
      response: {
        headers: { 'retry-after': expect.stringMatching(/^[1-9]\d?$/) },
      },
    });
    expect(fixture.forge.log()).toContainEqual(
      expect.objectContaining({
        kind: 'limit',
        limit: 'secondary',
        actor: 'alice',
      }),
    );
  });

  it.each(['{"a":', '[1,2]', '"text"', 'null'])(
    'answers bad JSON %s without falling over',
    async body => {
      const response = await fetch(
        `${fixture.forge.apiBaseUrl}/repos/demo/open/pulls`,
        {
          method: 'POST',
          headers: { authorization: 'Bearer root-token' },
          body,
        },
      );
      expect([400, 422]).toContain(response.status);
    },
  );
});
