import { execFileSync } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/** One file of a commit; hostile paths and modes are possible. */
export interface TestFile {
  path: string;
  content: string | Buffer;
  mode?: string;
}

/** A real repository with one commit, written object by object. */
export class TestRepository {
  readonly directory = mkdtempSync(join(tmpdir(), 'runner-test-repository-'));

  constructor() {
    this.git(['init', '--quiet', '--bare', this.directory]);
  }

  /** Commits files, with a parent that is not in the pack. */
  commit(files: TestFile[]): { commit: string; pack: Buffer } {
    const tree = this.#tree(
      files.map(file => ({ ...file, steps: file.path.split('/') })),
    );
    const empty = this.git(['mktree'], '').trim();
    const parent = this.#commitTree(empty, []);
    const commit = this.#commitTree(tree, ['-p', parent]);
    const objects = this.git(['rev-list', '--objects', '--no-walk', commit]);
    const ids = objects
      .split('\n')
      .map(line => line.split(' ')[0])
      .filter(Boolean)
      .join('\n');
    const pack = execFileSync(
      'git',
      ['--git-dir', this.directory, 'pack-objects', '--stdout', '-q'],
      { input: `${ids}\n`, maxBuffer: 100_000_000 },
    );
    return { commit, pack };
  }

  /** What a file is after a patch, as git applies it to a checkout. */
  apply(commit: string, patch: string, path: string): string {
    const index = join(this.directory, 'check.index');
    const env = { ...process.env, GIT_INDEX_FILE: index };
    const run = (args: string[], input?: Buffer) =>
      execFileSync('git', ['--git-dir', this.directory, ...args], {
        env,
        input,
      });
    run(['read-tree', commit]);
    run(['apply', '--cached', '-'], Buffer.from(patch, 'base64'));
    return run(['show', `:${path}`]).toString();
  }

  git(args: string[], input?: string): string {
    return execFileSync('git', ['--git-dir', this.directory, ...args], {
      input,
      maxBuffer: 100_000_000,
    }).toString();
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }

  #commitTree(tree: string, parents: string[]): string {
    return this.git([
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.com',
      'commit-tree',
      tree,
      '-m',
      'test',
      ...parents,
    ]).trim();
  }

  /** Trees as raw objects, because `mktree` and the index refuse hostile names. */
  #tree(files: Array<TestFile & { steps: string[] }>): string {
    const entries = new Map<string, { mode: string; id: string }>();
    for (const name of new Set(files.map(({ steps }) => steps[0]))) {
      const own = files.filter(({ steps }) => steps[0] === name);
      const [file] = own;
      if (own.length === 1 && file.steps.length === 1) {
        entries.set(name, {
          mode: file.mode ?? '100644',
          id:
            file.mode === '160000'
              ? String(file.content)
              : this.#blob(file.content),
        });
      } else {
        const inner = own.map(each => ({
          ...each,
          steps: each.steps.slice(1),
        }));
        entries.set(name, { mode: '40000', id: this.#tree(inner) });
      }
    }
    const sortKey = (name: string) =>
      entries.get(name)?.mode === '40000' ? `${name}/` : name;
    const raw = [...entries.keys()]
      .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
      .flatMap(name => {
        const { mode, id } = entries.get(name)!;
        return [Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')];
      });
    return this.#object('tree', Buffer.concat(raw));
  }

  #blob(content: string | Buffer): string {
    return this.#object('blob', Buffer.from(content));
  }

  #object(type: string, content: Buffer): string {
    const file = join(this.directory, 'object.tmp');
    writeFileSync(file, content);
    return this.git([
      'hash-object',
      '-w',
      '--literally',
      '--no-filters',
      '-t',
      type,
      file,
    ]).trim();
  }
}
