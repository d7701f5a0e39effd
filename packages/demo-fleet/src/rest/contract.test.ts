import type { ForgeContext } from '../server/ForgeContext';
import { createRestRouter } from './createRestRouter';
import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';

jest.setTimeout(120_000);

describe('the REST API against the published description', () => {
  let fixture: ForgeFixture;
  const place = { owner: 'demo', repo: 'orders' };
  let main: string;

  beforeAll(async () => {
    fixture = await forgeFixture();
    main = await fixture.seed(
      { name: 'orders', description: 'Orders', protectedBranches: ['main'] },
      {
        'README.md': '# Orders\n',
        'sql/daily.sql': 'SELECT order_id FROM sales.orders_v1\n',
        '.github/CODEOWNERS': '*.sql @demo/sales-data @alice\n',
      },
    );
    await fixture.seed({ name: 'secret', private: true });
    await fixture.forge.createRepository({ name: 'nothing' });
  });

  afterEach(() => {
    fixture.contract.verify();
  });

  afterAll(async () => fixture.close());

  it('shows users, limits and repositories', async () => {
    const bot = fixture.as('bot');

    expect((await bot.rest.users.getAuthenticated()).data.login).toBe('bot');
    expect(
      (await bot.rest.users.getByUsername({ username: 'alice' })).data.login,
    ).toBe('alice');
    expect((await bot.rest.rateLimit.get()).data.rate.limit).toBe(5000);
    expect((await bot.rest.repos.get(place)).data).toMatchObject({
      default_branch: 'main',
      html_url: `${fixture.forge.baseUrl}/demo/orders`,
      permissions: { push: true },
    });
    const first = await bot.rest.repos.listForOrg({ org: 'demo', per_page: 2 });
    expect(first.headers.link).toContain('rel="next"');
    const all = await bot.paginate(bot.rest.repos.listForAuthenticatedUser, {
      per_page: 1,
    });
    expect(all.map(({ name }) => name)).toEqual([
      'orders',
      'secret',
      'nothing',
    ]);
  });

  it('shows branches, commits, trees and contents', async () => {
    const bot = fixture.as('bot');
    const branches = await bot.rest.repos.listBranches(place);
    expect(branches.data).toMatchObject([{ name: 'main', protected: true }]);
    const branch = await bot.rest.repos.getBranch({ ...place, branch: 'main' });
    expect(branch.data.commit.sha).toBe(main);
    await bot.rest.repos.getBranchProtection({ ...place, branch: 'main' });
    const commits = await bot.rest.repos.listCommits(place);
    expect(commits.data).toHaveLength(1);
    const commit = await bot.rest.repos.getCommit({ ...place, ref: 'main' });
    expect(commit.data.files?.map(({ filename }) => filename)).toContain(
      'sql/daily.sql',
    );
    const tree = await bot.rest.git.getTree({
      ...place,
      tree_sha: main,
      recursive: '1',
    });
    const blob = tree.data.tree.find(({ path }) => path === 'sql/daily.sql');
    const content = await bot.rest.git.getBlob({
      ...place,
      file_sha: blob?.sha ?? '',
    });
    expect(Buffer.from(content.data.content, 'base64').toString()).toContain(
      'orders_v1',
    );
    await bot.rest.git.getCommit({ ...place, commit_sha: main });
    const file = await bot.rest.repos.getContent({
      ...place,
      path: 'sql/daily.sql',
    });
    expect(file.data).toMatchObject({ type: 'file', encoding: 'base64' });
    const folder = await bot.rest.repos.getContent({ ...place, path: 'sql' });
    expect(folder.data).toMatchObject([{ path: 'sql/daily.sql' }]);
    await expect(
      bot.rest.repos.getContent({ ...place, path: 'gone' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      bot.rest.repos.listCommits({ ...place, repo: 'nothing' }),
    ).rejects.toMatchObject({ status: 409 });
  });

  it('creates, moves and deletes refs', async () => {
    const bot = fixture.as('bot');
    const work = await fixture.branch('orders', 'refs-source', {
      'a.txt': 'a\n',
    });
    const head = (await fixture.git(work, 'rev-parse', 'HEAD')).trim();

    await bot.rest.git.createRef({
      ...place,
      ref: 'refs/heads/team/x',
      sha: main,
    });
    await expect(
      bot.rest.git.createRef({ ...place, ref: 'refs/heads/team/x', sha: main }),
    ).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('already exists'),
    });
    await bot.rest.git.updateRef({ ...place, ref: 'heads/team/x', sha: head });
    await expect(
      bot.rest.git.updateRef({ ...place, ref: 'heads/team/x', sha: main }),
    ).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('fast forward'),
    });
    const ref = await bot.rest.git.getRef({ ...place, ref: 'heads/team/x' });
    expect(ref.data.object.sha).toBe(head);
    const matching = await bot.rest.git.listMatchingRefs({
      ...place,
      ref: 'heads/team',
    });
    expect(matching.data).toHaveLength(1);
    await bot.rest.git.deleteRef({ ...place, ref: 'heads/team/x' });
    await expect(
      bot.rest.git.getRef({ ...place, ref: 'heads/team/x' }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      bot.rest.git.deleteRef({ ...place, ref: 'heads/main' }),
    ).rejects.toMatchObject({ status: 422 });
    const comparison = await bot.rest.repos.compareCommitsWithBasehead({
      ...place,
      basehead: 'main...refs-source',
    });
    expect(comparison.data).toMatchObject({ status: 'ahead', ahead_by: 1 });
  });

  it('opens, reviews, labels, checks and merges a pull request', async () => {
    const bot = fixture.as('bot');
    const alice = fixture.as('alice');
    await fixture.branch('orders', 'migrate/orders', {
      'sql/daily.sql': 'SELECT order_id FROM sales.orders_v2\n',
    });
    const request = {
      ...place,
      title: 'Move to orders v2',
      head: 'migrate/orders',
      base: 'main',
      body: 'Because v1 goes away.',
    };
    const opened = await bot.rest.pulls.create(request);
    expect(opened.data).toMatchObject({
      state: 'open',
      mergeable: true,
      mergeable_state: 'clean',
      changed_files: 1,
      requested_reviewers: [{ login: 'alice' }],
      requested_teams: [{ slug: 'sales-data' }],
    });
    const pull = { ...place, pull_number: opened.data.number };
    const issue = { ...place, issue_number: opened.data.number };
    await expect(bot.rest.pulls.create(request)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining(
        'A pull request already exists for demo:migrate/orders.',
      ),
    });
    await expect(
      bot.rest.pulls.create({ ...request, head: 'no-such-branch' }),
    ).rejects.toMatchObject({ status: 422 });
    const found = await bot.rest.pulls.list({
      ...place,
      head: 'demo:migrate/orders',
      base: 'main',
      state: 'all',
    });
    expect(found.data).toHaveLength(1);
    await bot.rest.pulls.update({ ...pull, title: 'Move to orders v2, all' });
    expect((await bot.rest.pulls.listFiles(pull)).data[0].patch).toContain(
      '+SELECT order_id FROM sales.orders_v2',
    );
    expect((await bot.rest.pulls.listCommits(pull)).data).toHaveLength(1);
    expect(
      (await bot.rest.issues.addLabels({ ...issue, labels: ['migration'] }))
        .data[0].name,
    ).toBe('migration');
    await bot.rest.issues.setLabels({ ...issue, labels: ['migration', 'v2'] });
    await bot.rest.issues.listLabelsOnIssue(issue);
    await bot.rest.issues.createComment({ ...issue, body: 'Ready.' });
    expect((await bot.rest.issues.listComments(issue)).data).toHaveLength(1);
    await bot.rest.pulls.requestReviewers({ ...pull, reviewers: ['root'] });
    await bot.rest.pulls.listRequestedReviewers(pull);
    await bot.rest.pulls.removeRequestedReviewers({
      ...pull,
      reviewers: ['root'],
    });
    await expect(
      bot.rest.pulls.createReview({ ...pull, event: 'APPROVE' }),
    ).rejects.toMatchObject({ status: 422 });
    const draft = await alice.rest.pulls.createReview({ ...pull, body: 'Hm' });
    await alice.rest.pulls.submitReview({
      ...pull,
      review_id: draft.data.id,
      event: 'APPROVE',
    });
    expect((await bot.rest.pulls.listReviews(pull)).data).toMatchObject([
      { state: 'APPROVED', user: { login: 'alice' } },
    ]);
    await bot.rest.pulls.getReview({ ...pull, review_id: draft.data.id });
    await bot.rest.pulls.dismissReview({
      ...pull,
      review_id: draft.data.id,
      message: 'Outdated',
    });
    const headSha = opened.data.head.sha;
    const run = await bot.rest.checks.create({
      ...place,
      name: 'build',
      head_sha: headSha,
      status: 'in_progress',
    });
    expect((await bot.rest.pulls.get(pull)).data.mergeable_state).toBe(
      'unstable',
    );
    await bot.rest.checks.update({
      ...place,
      check_run_id: run.data.id,
      conclusion: 'success',
    });
    expect(
      (await bot.rest.checks.listForRef({ ...place, ref: headSha })).data
        .total_count,
    ).toBe(1);
    await bot.rest.repos.createCommitStatus({
      ...place,
      sha: headSha,
      state: 'success',
      context: 'ci',
    });
    expect(
      (
        await bot.rest.repos.getCombinedStatusForRef({
          ...place,
          ref: 'migrate/orders',
        })
      ).data.state,
    ).toBe('success');
    await expect(bot.rest.pulls.checkIfMerged(pull)).rejects.toMatchObject({
      status: 404,
    });
    await expect(
      bot.rest.pulls.merge({ ...pull, sha: main }),
    ).rejects.toMatchObject({ status: 409 });
    const merged = await bot.rest.pulls.merge({
      ...pull,
      merge_method: 'squash',
      sha: headSha,
    });
    expect(merged.data.merged).toBe(true);
    await bot.rest.pulls.checkIfMerged(pull);
    expect((await bot.rest.pulls.get(pull)).data).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: merged.data.sha,
      merged_by: { login: 'bot' },
    });
    await expect(bot.rest.pulls.merge(pull)).rejects.toMatchObject({
      status: 405,
    });
    const linked = await bot.rest.repos.listPullRequestsAssociatedWithCommit({
      ...place,
      commit_sha: merged.data.sha,
    });
    expect(linked.data).toHaveLength(1);
  });

  it('closes, reopens and follows the branch', async () => {
    const bot = fixture.as('bot');
    const work = await fixture.branch('orders', 'topic', {
      'topic.txt': '1\n',
    });
    const opened = await bot.rest.pulls.create({
      ...place,
      title: 'Topic',
      head: 'topic',
      base: 'main',
    });
    const pull = { ...place, pull_number: opened.data.number };
    await fixture.git(work, 'commit', '-q', '--allow-empty', '-m', 'More');
    await fixture.git(work, 'push', '-q', 'origin', 'HEAD:topic');
    const head = (await fixture.git(work, 'rev-parse', 'HEAD')).trim();
    expect((await bot.rest.pulls.get(pull)).data).toMatchObject({
      head: { sha: head },
      commits: 2,
    });
    await bot.rest.pulls.update({ ...pull, state: 'closed' });
    expect(
      (await bot.rest.pulls.update({ ...pull, state: 'open' })).data.closed_at,
    ).toBeNull();
    await bot.rest.git.deleteRef({ ...place, ref: 'heads/topic' });
    expect((await bot.rest.pulls.get(pull)).data.state).toBe('closed');
    await expect(
      bot.rest.pulls.update({ ...pull, state: 'open' }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('creates hooks and searches code', async () => {
    const bot = fixture.as('bot');
    const hook = await bot.rest.repos.createWebhook({
      ...place,
      repo: 'secret',
      config: {
        url: 'http://127.0.0.1:9/hook',
        secret: 's3cret',
        content_type: 'json',
      },
      events: ['push'],
    });
    expect(JSON.stringify(hook.data)).not.toContain('s3cret');
    expect(
      (await bot.rest.repos.listWebhooks({ ...place, repo: 'secret' })).data,
    ).toHaveLength(1);
    const found = await bot.rest.search.code({
      q: 'orders_v2 extension:sql org:demo',
    });
    expect(found.data).toMatchObject({
      total_count: 1,
      items: [{ path: 'sql/daily.sql', repository: { name: 'orders' } }],
    });
    await expect(bot.rest.search.code({ q: 'org:demo' })).rejects.toMatchObject(
      { status: 422 },
    );
  });

  it('answers 304 to a known entity tag without counting it', async () => {
    const bot = fixture.as('bot');
    const first = await bot.rest.repos.get(place);
    const url = `${fixture.forge.apiBaseUrl}/repos/demo/orders`;
    const again = await fetch(url, {
      headers: {
        authorization: 'Bearer bot-token',
        'if-none-match': first.headers.etag ?? '',
      },
    });
    expect(again.status).toBe(304);
    expect(again.headers.get('x-ratelimit-used')).toBe(
      String(first.headers['x-ratelimit-used']),
    );
  });

  it('sends archives by redirect', async () => {
    const response = await fetch(
      `${fixture.forge.apiBaseUrl}/repos/demo/orders/tarball/main`,
    );
    expect(response.redirected).toBe(true);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 2).toString('hex')).toBe('1f8b');
  });

  it('has driven every operation that it offers', () => {
    // The description has two templates for a comparison.
    const shape = (template: string) =>
      template
        .replace('{base}...{head}', '{basehead}')
        .replace(/\{[^}]+\}|:\w+(\([^)]*\))?/g, '{}');
    const driven = new Set([...fixture.contract.seen].map(shape));
    const offered: string[][] = [];
    // Registering routes touches nothing of the forge.
    for (const layer of createRestRouter({} as ForgeContext).stack) {
      const paths: string[] = layer.route ? [layer.route.path].flat() : [];
      for (const { method } of layer.route?.stack ?? []) {
        offered.push(
          paths.map(path => `${method.toUpperCase()} ${shape(path)}`),
        );
      }
    }
    expect(offered.length).toBeGreaterThan(50);
    expect(
      offered.filter(names => !names.some(name => driven.has(name))),
    ).toEqual([]);
  });
});
