import { execFileSync } from 'child_process';
import { symlinkSync } from 'fs';
import { TestCheckout } from '../../testing/TestCheckout';
import { readRepository } from './readRepository';

describe('readRepository', () => {
  let checkout: TestCheckout;

  beforeEach(() => {
    checkout = new TestCheckout();
    checkout.write({
      'sql/a.sql': 'a',
      'models/target/b.sql': 'b',
      'dbt_project.yml': 'name: x',
      'target/compiled/a.sql': 'generated',
      'node_modules/x/index.sql': 'x',
      'venv/.keep': '',
      'ignored/c.sql': 'c',
      '.gitignore': 'ignored/\ntarget/\n!models/target/\n',
    });
  });
  afterEach(() => checkout.remove());

  async function pathsOf(paths: string[] = []): Promise<string[]> {
    const { files } = await readRepository({
      directory: checkout.directory,
      paths,
    });
    return files.map(({ path }) => path);
  }

  it('leaves out what tools make, outside of git', async () => {
    expect(await pathsOf()).toEqual([
      '.gitignore',
      'dbt_project.yml',
      'ignored/c.sql',
      'models/target/b.sql',
      'sql/a.sql',
      'venv/.keep',
    ]);
  });

  it('leaves out what git ignores, inside of a work tree', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: checkout.directory });
    expect(await pathsOf()).toEqual([
      '.gitignore',
      'dbt_project.yml',
      'models/target/b.sql',
      'sql/a.sql',
      'venv/.keep',
    ]);
    expect(await pathsOf(['sql', '**/b.sql'])).toEqual([
      'models/target/b.sql',
      'sql/a.sql',
    ]);
  });

  it('does not follow a tracked directory that has become a symbolic link', async () => {
    const outside = new TestCheckout();
    outside.write({ 'a.sql': 'SELECT secret' });
    execFileSync('git', ['init', '--quiet'], { cwd: checkout.directory });
    execFileSync('git', ['add', 'sql'], { cwd: checkout.directory });
    execFileSync('rm', ['-r', 'sql'], { cwd: checkout.directory });
    symlinkSync(outside.directory, checkout.path('sql'));
    const { files, findings } = await readRepository({
      directory: checkout.directory,
      paths: ['sql'],
    });
    expect(files).toEqual([]);
    expect(findings.map(each => [each.reason, each.place?.path])).toEqual([
      ['SYMLINK_SKIPPED', 'sql'],
      ['SYMLINK_SKIPPED', 'sql/a.sql'],
    ]);
    outside.remove();
  });

  it('reads modes, and refuses what is no directory', async () => {
    checkout.write({ 'sql/run.sql': 'x' }, 0o755);
    const { files } = await readRepository({
      directory: checkout.directory,
      paths: ['sql'],
    });
    expect(files.map(({ path, mode }) => [path, mode])).toEqual([
      ['sql/a.sql', '100644'],
      ['sql/run.sql', '100755'],
    ]);
    await expect(
      readRepository({ directory: checkout.path('sql/a.sql'), paths: [] }),
    ).rejects.toThrow('is no directory');
  });
});
