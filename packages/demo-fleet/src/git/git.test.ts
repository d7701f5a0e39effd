import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';

jest.setTimeout(120_000);

describe('git over HTTP', () => {
  let fixture: ForgeFixture;

  beforeAll(async () => {
    fixture = await forgeFixture();
    await fixture.seed({ name: 'open' }, { 'a.txt': 'a\n', 'b/c.txt': 'c\n' });
    await fixture.seed({ name: 'guarded', protectedBranches: ['main'] });
    await fixture.seed({ name: 'old', archived: true });
    await fixture.seed({ name: 'frozen', readOnly: true });
    await fixture.seed({ name: 'hidden', private: true });
    await fixture.forge.createRepository({ name: 'empty' });
  });

  afterAll(async () => fixture.close());

  it('clones without a token what is public, and only that', async () => {
    const { directory, forge, tryGit } = fixture;
    const open = await tryGit(
      directory,
      'clone',
      `${forge.baseUrl}/demo/open`,
      'anonymous',
    );
    expect(open).toMatchObject({ code: 0 });
    const hidden = await tryGit(
      directory,
      'clone',
      `${forge.baseUrl}/demo/hidden.git`,
      'h1',
    );
    expect(hidden.code).not.toBe(0);
    const wrong = await tryGit(
      directory,
      'clone',
      `http://x-access-token:wrong@${forge.host}/demo/hidden.git`,
      'h2',
    );
    expect(wrong.stderr).toMatch(/Authentication failed/);
    const allowed = await tryGit(
      directory,
      'clone',
      fixture.cloneUrl('hidden'),
      'h3',
    );
    expect(allowed).toMatchObject({ code: 0 });
  });

  it('speaks protocol v2 and serves a partial clone whose blobs come later', async () => {
    const { directory, git } = fixture;
    const work = join(directory, 'partial');
    await git(
      directory,
      '-c',
      'protocol.version=2',
      'clone',
      '-q',
      '--filter=blob:none',
      '--no-checkout',
      fixture.cloneUrl('open'),
      work,
    );
    const missing = await git(
      work,
      'rev-list',
      '--objects',
      '--all',
      '--missing=print',
    );
    expect(missing.match(/^\?/gm)).toHaveLength(2);
    await git(work, 'checkout', '-q', 'main');
    expect(await readFile(join(work, 'b/c.txt'), 'utf8')).toBe('c\n');
    expect(fixture.forge.log()).toContainEqual(
      expect.objectContaining({
        kind: 'git',
        service: 'git-upload-pack',
        protocol: 'version=2',
      }),
    );
  });

  it('fetches one commit by its id, shallow', async () => {
    const { directory, git } = fixture;
    const { data } = await fixture
      .as('bot')
      .rest.repos.getBranch({ owner: 'demo', repo: 'open', branch: 'main' });
    const work = join(directory, 'shallow');
    await git(directory, 'init', '-q', work);
    await git(
      work,
      'fetch',
      '-q',
      '--depth=1',
      fixture.cloneUrl('open'),
      data.commit.sha,
    );
    expect((await git(work, 'rev-parse', 'FETCH_HEAD')).trim()).toBe(
      data.commit.sha,
    );
  });

  it('takes a first push to an empty repository, and a large compressed one', async () => {
    const { directory, git } = fixture;
    const work = join(directory, 'first');
    await git(directory, 'clone', '-q', fixture.cloneUrl('empty'), work);
    await git(work, 'checkout', '-q', '-b', 'main');
    await git(work, 'commit', '-q', '--allow-empty', '-m', 'First');
    await git(
      work,
      '-c',
      'http.postBuffer=65536',
      'push',
      '-q',
      'origin',
      'main',
    );
    for (let number = 0; number < 40; number += 1) {
      await git(work, 'branch', `many/${number}`);
    }
    await git(work, 'push', '-q', 'origin', '--all');
    const branches = await fixture
      .as('bot')
      .paginate('GET /repos/{owner}/{repo}/branches', {
        owner: 'demo',
        repo: 'empty',
      });
    expect(branches).toHaveLength(41);
    await git(work, 'fetch', '-q', '--all');
  });

  it('sends a push of more than one chunk', async () => {
    const noise = Array.from(
      { length: 60_000 },
      (_, index) => `${index * 7919}:${Math.sin(index)}`,
    ).join('\n');
    const work = await fixture.branch('open', 'large', { 'large.txt': noise });
    const head = (await fixture.git(work, 'rev-parse', 'HEAD')).trim();
    const { data } = await fixture
      .as('bot')
      .rest.git.getRef({ owner: 'demo', repo: 'open', ref: 'heads/large' });
    expect(data.object.sha).toBe(head);
  });

  it.each([
    ['archived', 'old', 'This repository was archived so it is read-only.'],
    ['read-only', 'frozen', 'Write access to repository not granted.'],
  ])('refuses a push to a repository that is %s', async (_what, name, text) => {
    const { directory, git, tryGit } = fixture;
    const work = join(directory, `refused-${name}`);
    await git(directory, 'clone', '-q', fixture.cloneUrl(name), work);
    await git(work, 'commit', '-q', '--allow-empty', '-m', 'No');
    const pushed = await tryGit(work, 'push', 'origin', 'HEAD:topic');
    expect(pushed.code).not.toBe(0);
    expect(pushed.stderr).toContain(text);
    expect(pushed.stderr).toContain('403');
  });

  it('guards protected branches and leaves the others alone', async () => {
    const { directory, git, tryGit } = fixture;
    const work = join(directory, 'guarded');
    await git(directory, 'clone', '-q', fixture.cloneUrl('guarded'), work);
    await git(work, 'commit', '-q', '--allow-empty', '-m', 'Direct');
    const direct = await tryGit(work, 'push', 'origin', 'HEAD:main');
    expect(direct.stderr).toContain('GH006: Protected branch update failed');
    expect(direct.code).not.toBe(0);
    await git(
      work,
      'commit',
      '-q',
      '--amend',
      '--allow-empty',
      '--reset-author',
      '-m',
      'Other',
    );
    const forced = await tryGit(
      work,
      'push',
      '--force',
      'origin',
      'HEAD~1^{tree}:refs/heads/x',
      'HEAD:main',
    );
    expect(forced.code).not.toBe(0);
    const removed = await tryGit(work, 'push', 'origin', ':main');
    expect(removed.code).not.toBe(0);
    const hidden = await tryGit(
      work,
      'push',
      'origin',
      'HEAD:refs/pull/9/head',
    );
    expect(hidden.stderr).toContain('refusing to update hidden ref');
    const topic = await tryGit(work, 'push', 'origin', 'HEAD:topic');
    expect(topic).toMatchObject({ code: 0 });
    expect(
      fixture.forge
        .log()
        .filter(
          entry => entry.kind === 'ref' && entry.repository === 'demo/guarded',
        ),
    ).toEqual([
      expect.objectContaining({ ref: 'refs/heads/topic', actor: 'bot' }),
    ]);
  });

  it('serves nothing outside its repositories', async () => {
    const { forge } = fixture;
    for (const path of [
      '/demo/..%2f..%2fforge-journal.jsonl',
      '/demo/open.git/config',
      '/demo/open.git/HEAD',
      '/raw/demo/open/main/..%2f..%2fHEAD',
      '/hooks/update',
    ]) {
      expect((await fetch(forge.baseUrl + path)).status).toBe(404);
    }
    expect(
      existsSync(join(fixture.directory, 'forge', 'hooks', 'update')),
    ).toBe(true);
  });

  it('keeps everything over a restart', async () => {
    const own = await forgeFixture();
    await own.seed({ name: 'kept' });
    await own.branch('kept', 'topic', { 't.txt': 't\n' });
    const place = { owner: 'demo', repo: 'kept' };
    await own
      .as('bot')
      .rest.pulls.create({ ...place, title: 'T', head: 'topic', base: 'main' });
    await own.forge.close();

    const again = await forgeFixture({ rootDir: join(own.directory, 'forge') });
    const { data } = await again.as('bot').rest.pulls.list(place);
    expect(data).toMatchObject([
      { number: 1, title: 'T', head: { ref: 'topic' } },
    ]);
    await again.close();
    await own.close();
  });
});
