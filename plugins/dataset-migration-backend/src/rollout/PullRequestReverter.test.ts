import { TargetRecord } from '../database/records';
import { git } from './__testUtils__/git';
import {
  NEW_SQL,
  OLD_SQL,
  RolloutHarness,
} from './__testUtils__/RolloutHarness';

jest.setTimeout(60_000);

describe('PullRequestReverter', () => {
  let harness: RolloutHarness;

  beforeEach(async () => {
    harness = await RolloutHarness.create();
  });
  afterEach(() => harness.close());

  async function publish(
    files: Record<string, string | undefined> = { 'sql/report.sql': NEW_SQL },
  ): Promise<TargetRecord> {
    const change = harness.change(files);
    const published = await harness
      .backend()
      .publisher.publish(
        harness.target(),
        change,
        harness.text,
        harness.signal,
      );
    return harness.target({ ...published, state: 'reverting' });
  }

  async function merge(
    target: TargetRecord,
    method: 'merge' | 'squash' | 'rebase' = 'squash',
  ): Promise<TargetRecord> {
    const { sha } = (await harness.rest(
      'PUT',
      `/pulls/${target.pullRequest?.number}/merge`,
      { merge_method: method },
    )) as { sha: string };
    return { ...target, mergedCommit: sha };
  }

  function revert(target: TargetRecord, backend = harness.backend()) {
    return backend.reverter.revert(target, harness.text, harness.signal);
  }

  function show(ref: string, path = 'sql/report.sql'): string {
    return git(harness.repository.gitDir, 'show', `${ref}:${path}`);
  }

  it('closes what is open, deletes its branch, and has no more to do when run again', async () => {
    const target = await publish();

    expect(await revert(target)).toEqual({ kind: 'closed' });
    expect(await revert(target)).toEqual({ kind: 'closed' });

    expect(await harness.pullRequests()).toMatchObject([{ state: 'closed' }]);
    expect(
      git(harness.repository.gitDir, 'branch', '--list', 'dataset-migration/*'),
    ).toBe('');
  });

  it('finds a pull request that was never recorded', async () => {
    await publish();

    expect(await revert(harness.target())).toEqual({ kind: 'closed' });
    expect(await harness.pullRequests()).toMatchObject([{ state: 'closed' }]);
  });

  it("keeps a branch with a person's commit, and says so", async () => {
    const target = await publish();
    const branch = target.branch ?? '';
    const theirs = await harness.push(branch, {
      'sql/report.sql': `${NEW_SQL}-- mine\n`,
    });

    expect(await revert(target)).toEqual({
      kind: 'closed',
      message: expect.stringContaining(branch),
    });
    expect(git(harness.repository.gitDir, 'rev-parse', branch)).toBe(theirs);
    expect(await harness.pullRequests()).toMatchObject([{ state: 'closed' }]);
  });

  it('proposes the reverse of what was merged, once', async () => {
    const target = await merge(await publish());
    await harness.push('main', { 'README.md': 'Later\n' });

    const first = await revert(target);
    const again = await revert(target);

    expect(first).toMatchObject({
      kind: 'proposed',
      revert: { state: 'open', branch: `${target.branch}-revert` },
    });
    expect(again).toEqual(first);
    const revertBranch = `${target.branch}-revert`;
    expect(show(revertBranch)).toBe(OLD_SQL.trim());
    expect(show(revertBranch, 'README.md')).toBe('Later');
    expect(await harness.pullRequests()).toHaveLength(2);
  });

  it('takes back what people added before they merged, in the files of the target', async () => {
    const target = await publish();
    await harness.push(target.branch ?? '', {
      'sql/report.sql': `${NEW_SQL}-- reviewed\n`,
      'docs/notes.md': 'Theirs\n',
    });
    const merged = await merge(target);

    await revert(merged);

    expect(show(`${target.branch}-revert`)).toBe(OLD_SQL.trim());
    expect(show(`${target.branch}-revert`, 'docs/notes.md')).toBe('Theirs');
  });

  it.each(['merge', 'squash', 'rebase'] as const)(
    'takes back all commits of a pull request, after a %s',
    async method => {
      const target = await publish({
        'sql/report.sql': NEW_SQL,
        'sql/other.sql': 'SELECT 1\n',
      });
      const branch = target.branch ?? '';
      await harness.push(
        branch,
        { 'sql/report.sql': `${NEW_SQL}-- reviewed\n` },
        'Review',
      );
      await harness.push(branch, { 'sql/third.sql': 'SELECT 3\n' }, 'A third');
      // So that a rebase has something to do.
      await harness.push('main', { 'sql/before.sql': 'SELECT 0\n' }, 'Before');
      const merged = await merge(target, method);
      await harness.push('main', { 'sql/after.sql': 'SELECT 9\n' }, 'After');
      git(harness.repository.gitDir, 'branch', '-D', branch);

      const first = await revert(merged);

      expect(first).toMatchObject({ kind: 'proposed' });
      const revertBranch = `${branch}-revert`;
      expect(show(revertBranch)).toBe(OLD_SQL.trim());
      expect(
        git(
          harness.repository.gitDir,
          'ls-tree',
          '--name-only',
          '-r',
          revertBranch,
          'sql',
        ).split('\n'),
      ).toEqual(['sql/after.sql', 'sql/before.sql', 'sql/report.sql']);
      expect(await revert(merged)).toEqual(first);
    },
  );

  it('takes back no commit of others that lies below a rebase', async () => {
    const target = await publish();
    await harness.push(
      target.branch ?? '',
      { 'sql/second.sql': 'SELECT 2\n' },
      'Second',
    );
    for (const number of [1, 2, 3]) {
      await harness.push(
        'main',
        { [`sql/theirs${number}.sql`]: 'SELECT 1\n' },
        'Second',
      );
    }
    await revert(await merge(target, 'rebase'));

    const left = git(
      harness.repository.gitDir,
      'ls-tree',
      '--name-only',
      '-r',
      `${target.branch}-revert`,
      'sql',
    );
    expect(left.split('\n')).toEqual([
      'sql/report.sql',
      'sql/theirs1.sql',
      'sql/theirs2.sql',
      'sql/theirs3.sql',
    ]);
  });

  it('goes on after a crash between push and pull request', async () => {
    const target = await merge(await publish());
    const backend = harness.backend();
    const crash = new Error('killed');
    jest.spyOn(backend.forge, 'openPullRequest').mockRejectedValue(crash);
    await expect(revert(target, backend)).rejects.toBe(crash);
    const pushed = git(
      harness.repository.gitDir,
      'rev-parse',
      `${target.branch}-revert`,
    );

    expect(await revert(target)).toMatchObject({
      kind: 'proposed',
      revert: { headCommit: pushed },
    });
  });

  it('hands over what conflicts with later work', async () => {
    const target = await merge(await publish());
    await harness.push('main', {
      'sql/report.sql': 'SELECT 1\n',
    });

    expect(await revert(target)).toEqual({
      kind: 'conflict',
      message: expect.stringContaining('cannot be taken back'),
    });
    expect(await harness.pullRequests()).toHaveLength(1);
  });

  it('has nothing to propose when people took it back themselves', async () => {
    const target = await merge(await publish());
    await harness.push('main', {
      'sql/report.sql': OLD_SQL,
    });

    expect(await revert(target)).toEqual({
      kind: 'closed',
      message: expect.stringContaining('already'),
    });
    expect(await harness.pullRequests()).toHaveLength(1);
  });

  it('brings deleted files back and removes added ones', async () => {
    const target = await merge(
      await publish({ 'sql/report.sql': undefined, 'sql/new.sql': NEW_SQL }),
    );

    await revert(target);

    const branch = `${target.branch}-revert`;
    expect(show(branch)).toBe(OLD_SQL.trim());
    expect(() => show(branch, 'sql/new.sql')).toThrow();
  });

  it("does not push over somebody's branch of the same name", async () => {
    const target = await merge(await publish());
    const branch = `${target.branch}-revert`;
    git(harness.repository.gitDir, 'branch', branch, 'main');
    const theirs = await harness.push(branch, {
      'README.md': 'Mine\n',
    });

    expect(await revert(target)).toMatchObject({ kind: 'conflict' });
    expect(git(harness.repository.gitDir, 'rev-parse', branch)).toBe(theirs);
  });
});
