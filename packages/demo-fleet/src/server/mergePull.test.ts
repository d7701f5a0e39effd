import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';

jest.setTimeout(120_000);

describe('merging', () => {
  let fixture: ForgeFixture;
  const place = { owner: 'demo', repo: 'orders' };

  beforeAll(async () => {
    fixture = await forgeFixture();
    await fixture.seed({ name: 'orders', protectedBranches: ['main'] });
  });

  afterAll(async () => {
    fixture.contract.verify();
    await fixture.close();
  });

  it('refuses to merge a conflict, and merges and rebases the rest', async () => {
    const bot = fixture.as('bot');
    const branches = ['one', 'two', 'three'];
    const pulls: number[] = [];
    for (const branch of branches) {
      await fixture.branch('orders', branch, {
        [branch === 'three' ? 'other.txt' : 'same.txt']: `${branch}\n`,
      });
      const opened = await bot.rest.pulls.create({
        ...place,
        title: branch,
        head: branch,
        base: 'main',
      });
      pulls.push(opened.data.number);
    }
    await bot.rest.pulls.merge({ ...place, pull_number: pulls[0] });
    expect(
      (await bot.rest.pulls.get({ ...place, pull_number: pulls[1] })).data,
    ).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
    await expect(
      bot.rest.pulls.merge({ ...place, pull_number: pulls[1] }),
    ).rejects.toMatchObject({ status: 405 });
    const rebased = await bot.rest.pulls.merge({
      ...place,
      pull_number: pulls[2],
      merge_method: 'rebase',
    });
    const commit = await bot.rest.repos.getCommit({
      ...place,
      ref: rebased.data.sha,
    });
    expect(commit.data.parents).toHaveLength(1);
    expect(commit.data.commit.author?.name).toBe('bot');
  });

  it('lets one of two merges at once win', async () => {
    const bot = fixture.as('bot');
    await fixture.branch('orders', 'twice', { 'twice.txt': '2\n' });
    const { data } = await bot.rest.pulls.create({
      ...place,
      title: 'Twice',
      head: 'twice',
      base: 'main',
    });
    const merge = () =>
      bot.rest.pulls.merge({ ...place, pull_number: data.number }).then(
        ({ status }) => status,
        (error: { status: number }) => error.status,
      );
    const statuses = await Promise.all([merge(), merge(), merge()]);
    expect(statuses.filter(status => status === 200)).toHaveLength(1);
    expect(
      statuses.filter(status => status === 405 || status === 409),
    ).toHaveLength(2);
    const closed = fixture.forge
      .log()
      .filter(
        entry =>
          entry.kind === 'pull' &&
          entry.action === 'merged' &&
          entry.number === data.number,
      );
    expect(closed).toHaveLength(1);
  });

  it('opens one pull request for a branch however many ask at once', async () => {
    const bot = fixture.as('bot');
    await fixture.branch('orders', 'race', { 'race.txt': 'r\n' });
    const open = () =>
      bot.rest.pulls
        .create({ ...place, title: 'Race', head: 'race', base: 'main' })
        .then(
          ({ status }) => status,
          (error: { status: number }) => error.status,
        );
    const statuses = await Promise.all([open(), open(), open()]);
    expect(statuses.sort()).toEqual([201, 422, 422]);
  });
});
