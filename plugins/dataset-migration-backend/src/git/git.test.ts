import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { TargetRecord } from '../database/records';
import {
  commitFiles,
  git,
  makePatch,
  temporaryDirectory,
} from '../rollout/__testUtils__/git';
import { applyPatch } from './applyPatch';
import { createCommit } from './createCommit';
import { gitEnvironment, redact } from './gitEnvironment';
import { GitProcess } from './GitProcess';
import { LocalRepository } from './LocalRepository';
import { readDiff } from './readDiff';
import { RepositoryCache } from './RepositoryCache';
import { SourcePack } from './SourcePack';

jest.setTimeout(60_000);

describe('git', () => {
  const signal = new AbortController().signal;
  let directory: ReturnType<typeof temporaryDirectory>;
  let gitDir: string;
  let cache: RepositoryCache;
  let gitProcess: GitProcess;

  beforeEach(() => {
    directory = temporaryDirectory();
    gitDir = join(directory.path, 'remote.git');
    git(directory.path, 'init', '--quiet', '--bare', '-b', 'main', gitDir);
    gitProcess = new GitProcess({ allowFileProtocol: true });
    cache = new RepositoryCache({
      git: gitProcess,
      remotes: { gitRemote: async () => ({ url: `file://${gitDir}` }) },
      directory: join(directory.path, 'work'),
    });
  });
  afterEach(() => directory.cleanUp());

  function use<T>(work: (local: LocalRepository) => Promise<T>): Promise<T> {
    return cache.use('github.test/a/b', signal, work);
  }

  describe('GitProcess', () => {
    it('ignores the configuration of the machine and the hooks of repositories', async () => {
      const hook = join(gitDir, 'hooks');
      mkdirSync(hook, { recursive: true });
      writeFileSync(
        join(hook, 'reference-transaction'),
        `#!/bin/sh\ntouch ${directory.path}/hooked\n`,
        { mode: 0o755 },
      );
      const commit = commitFiles(gitDir, 'main', { a: '1' });
      expect(existsSync(`${directory.path}/hooked`)).toBe(true);
      execFileSync('rm', [`${directory.path}/hooked`]);

      await gitProcess.run(['update-ref', 'refs/heads/x', commit], { gitDir });

      expect(existsSync(`${directory.path}/hooked`)).toBe(false);
    });

    it('keeps credentials out of arguments and out of what it says', () => {
      const remote = {
        url: 'https://github.test/a/b.git',
        authorization: `Basic ${Buffer.from('x-access-token:secret42').toString(
          'base64',
        )}`,
      };
      const environment = gitEnvironment({ home: '/nowhere', remote });
      const index = Object.values(environment).indexOf(
        'http.https://github.test/.extraHeader',
      );
      expect(index).toBeGreaterThan(0);
      expect(
        redact(
          `failed https://u:secret42@github.test ${remote.authorization} secret42`,
          remote,
        ),
      ).not.toMatch(/secret42|Basic [A-Za-z0-9]/);
    });

    it('does not touch directories of the machine unless told to', async () => {
      commitFiles(gitDir, 'main', { a: '1' });
      await expect(
        new GitProcess().run(['ls-remote', `file://${gitDir}`]),
      ).rejects.toThrow(/not allowed/);
    });

    it('ends with its time, and with its signal', async () => {
      await expect(
        gitProcess.run(['-c', 'alias.wait=!sleep 30', 'wait'], {
          timeoutMs: 100,
        }),
      ).rejects.toThrow(/ended after/);
      const controller = new AbortController();
      const running = gitProcess.run(['-c', 'alias.wait=!sleep 30', 'wait'], {
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(new Error('enough')), 50);
      await expect(running).rejects.toThrow('enough');
    });
  });

  describe('RepositoryCache', () => {
    it('fetches one commit without its history', async () => {
      commitFiles(gitDir, 'main', { a: '1' });
      const tip = commitFiles(gitDir, 'main', { a: '2' });

      await use(async local => {
        expect(await local.defaultBranch()).toEqual({
          branch: 'main',
          commit: tip,
        });
        await local.fetchCommit(tip);
        const [parent] = await local.parents(tip);
        expect(await local.isCommit(tip)).toBe(true);
        expect(await local.isCommit(parent)).toBe(false);
      });
    });

    it('looks at the default branch and another one at once', async () => {
      const tip = commitFiles(gitDir, 'main', { a: '1' });
      const other = commitFiles(gitDir, 'deep/topic', { a: '2' });
      const look = (branch: string) =>
        use(local => local.defaultAndRemoteBranch(branch));
      const head = { branch: 'main', commit: tip };
      expect(await look('deep/topic')).toEqual({ head, tip: other });
      expect(await look('topic')).toEqual({ head, tip: undefined });
    });

    it('knows an empty repository', async () => {
      expect(await use(local => local.defaultBranch())).toBeUndefined();
    });

    it('starts over when what it kept is broken', async () => {
      const tip = commitFiles(gitDir, 'main', { a: '1' });
      let kept = '';
      await use(async local => {
        kept = local.gitDir;
        await local.fetchCommit(tip);
      });
      const next = commitFiles(gitDir, 'main', { a: '2' });
      // As a process leaves it behind that was killed while it fetched.
      writeFileSync(join(kept, 'shallow.lock'), '');

      await use(local => local.fetchCommit(next));

      expect(await use(local => local.isCommit(next))).toBe(true);
    });

    it('lets one work after the other on one repository', async () => {
      const order: string[] = [];
      await Promise.all(
        ['a', 'b'].map(name =>
          use(async () => {
            order.push(`${name} starts`);
            await new Promise(resolve => setTimeout(resolve, 10));
            order.push(`${name} ends`);
          }),
        ),
      );
      expect(order).toEqual(['a starts', 'a ends', 'b starts', 'b ends']);
    });

    it('evicts what is old or too much', async () => {
      await use(async () => {});
      expect(await cache.evict()).toBe(0);
      const small = new RepositoryCache({
        git: gitProcess,
        remotes: { gitRemote: async () => ({ url: `file://${gitDir}` }) },
        directory: join(directory.path, 'work'),
        maxBytes: 1,
      });
      expect(await small.evict()).toBe(1);
      expect(readdirSync(join(directory.path, 'work/repositories'))).toEqual(
        [],
      );
    });

    it('pushes only on the lease it was given', async () => {
      const base = commitFiles(gitDir, 'main', { a: '1' });
      const theirs = commitFiles(gitDir, 'topic', { b: '1' });
      await use(async local => {
        await local.fetchCommit(base);
        await expect(local.push('topic', base, base)).rejects.toThrow();
        await expect(local.push('topic', base, undefined)).rejects.toThrow();
        expect(await local.remoteBranch('topic')).toBe(theirs);
        await local.push('topic', base, theirs);
        expect(await local.remoteBranch('topic')).toBe(base);
        await local.push('topic', undefined, base);
        expect(await local.remoteBranch('topic')).toBeUndefined();
      });
    });
  });

  describe('applyPatch and createCommit', () => {
    it('apply text and binary changes without a work tree, the same on every execution', async () => {
      const base = commitFiles(gitDir, 'main', {
        'a.sql': 'one\n',
        'gone.sql': 'x\n',
        '.gitattributes': '*.sql text eol=crlf filter=evil\n',
      });
      const { patch } = makePatch(gitDir, 'main', {
        'a.sql': 'two\r\n',
        'gone.sql': undefined,
        'new.bin': randomBytes(64).toString('latin1'),
      });

      await use(async local => {
        await local.fetchCommit(base);
        const tree = await applyPatch(
          local,
          base,
          Buffer.from(patch, 'base64'),
        );
        expect(
          (await readDiff(local, base, tree)).map(each => [
            each.status,
            each.path,
          ]),
        ).toEqual([
          ['M', 'a.sql'],
          ['D', 'gone.sql'],
          ['A', 'new.bin'],
        ]);
        const commit = () =>
          createCommit(local, {
            tree,
            parent: base,
            message: 'Move\n',
            identity: { name: 'Bot', email: 'bot@example.com' },
            at: 1_700_000_000_000,
          });
        expect(await commit()).toBe(await commit());
        expect(readdirSync(local.gitDir).join()).not.toContain('index-');
      });
    });

    it('refuse what does not apply, and what is no patch', async () => {
      const { patch } = makePatchOf('one\n', 'two\n');
      const moved = commitFiles(gitDir, 'main', { 'a.sql': 'other\n' });
      await use(async local => {
        await local.fetchCommit(moved);
        await expect(
          applyPatch(local, moved, Buffer.from(patch, 'base64')),
        ).rejects.toMatchObject({ name: 'ConflictError' });
        await expect(
          applyPatch(local, moved, Buffer.from('nonsense')),
        ).rejects.toMatchObject({ name: 'InputError' });
        const outside = [
          'diff --git a/../x b/../x',
          'new file mode 100644',
          '--- /dev/null',
          '+++ b/../x',
          '@@ -0,0 +1 @@',
          '+x',
          '',
        ].join('\n');
        await expect(
          applyPatch(local, moved, Buffer.from(outside)),
        ).rejects.toMatchObject({ name: 'InputError' });
      });
    });

    function makePatchOf(before: string, after: string) {
      commitFiles(gitDir, 'main', { 'a.sql': before });
      return makePatch(gitDir, 'main', { 'a.sql': after });
    }
  });

  describe('SourcePack', () => {
    const target = { repository: 'github.test/a/b' } as TargetRecord;

    it('gives one commit with everything in it, and leaves nothing behind', async () => {
      commitFiles(gitDir, 'main', { 'a.sql': 'one\n' });
      const tip = commitFiles(gitDir, 'main', { 'a.sql': 'two\n' });
      const work = join(directory.path, 'work');
      const source = await new SourcePack({ cache, directory: work }).getSource(
        target,
        signal,
      );
      if (!source) throw new Error('no source');
      expect(source).toMatchObject({ commit: tip, defaultBranch: 'main' });

      const pack = await buffer(source.pack);
      const checkout = join(directory.path, 'checkout');
      git(directory.path, 'init', '--quiet', checkout);
      writeFileSync(join(checkout, '.git/shallow'), `${tip}\n`);
      execFileSync(
        'git',
        ['-C', checkout, 'index-pack', '--stdin', '--strict'],
        {
          input: pack,
        },
      );
      git(checkout, 'checkout', '--quiet', tip);
      expect(git(checkout, 'show', 'HEAD:a.sql')).toBe('two');
      expect(git(checkout, 'fsck', '--full')).toBe('');
      expect(git(checkout, 'rev-list', '--count', '--all', 'HEAD')).toBe('1');
      await new Promise(resolve => setTimeout(resolve, 50));
      expect(readdirSync(join(work, 'packs'))).toEqual([]);
    });

    it('has no source for an empty repository', async () => {
      const pack = new SourcePack({ cache, directory: directory.path });
      expect(await pack.getSource(target, signal)).toBeUndefined();
    });
  });
});
