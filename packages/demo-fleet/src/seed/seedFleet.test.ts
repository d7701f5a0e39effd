import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { CreateRepositoryOptions, ForgeRepository } from '../server';
import { git } from './git';
import { readFleet } from './readFleet';
import { seedFleet } from './seedFleet';
import type { SeedableForge } from './seedFleet';

/** Bare repositories without a server, as the forge lays them out. */
class BareRepositories implements SeedableForge {
  readonly created: CreateRepositoryOptions[] = [];

  constructor(readonly rootDir: string, readonly baseUrl: string) {}

  async createRepository(
    options: CreateRepositoryOptions,
  ): Promise<ForgeRepository> {
    const { owner = 'demo', name } = options;
    const gitDir = join(this.rootDir, owner, `${name}.git`);
    await git(gitDir, ['init', '--bare', '--quiet', '-b', 'main', gitDir]);
    this.created.push(options);
    const htmlUrl = `${this.baseUrl}/${owner}/${name}`;
    return { owner, name, gitDir, htmlUrl, cloneUrl: `${htmlUrl}.git` };
  }

  in(name: string, ...args: string[]): Promise<string> {
    return git(join(this.rootDir, 'demo', `${name}.git`), args);
  }
}

describe('seedFleet', () => {
  const folders: string[] = [];

  async function newForge(baseUrl = 'http://127.0.0.1:7080') {
    const folder = await mkdtemp(join(tmpdir(), 'demo-fleet-'));
    folders.push(folder);
    return new BareRepositories(folder, baseUrl);
  }

  afterEach(async () => {
    for (const folder of folders.splice(0)) {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('writes every file of every repository, byte for byte', async () => {
    const forge = await newForge();
    const seeded = await seedFleet(forge);
    expect(seeded.kept).toEqual(['experience-empty']);

    const fleet = await readFleet();
    for (const repository of fleet.filter(r => r.commits.length > 0)) {
      const { name, commits } = repository;
      const listed = await forge.in(
        name,
        'ls-tree',
        '-r',
        '--name-only',
        'main',
      );
      const expected = new Set(commits.flatMap(c => [...c.files.keys()]));
      expect(listed.trim().split('\n').sort()).toEqual([...expected].sort());
      await forge.in(name, 'fsck', '--strict');
    }
    const report = await forge.in(
      'experience-latency-report',
      'show',
      'main:sql/slow_events.sql',
    );
    expect(report).toContain('AS build,\r\n');
  }, 120_000);

  it('keeps history, authors, dates and branches', async () => {
    const forge = await newForge();
    await seedFleet(forge);
    const log = await forge.in(
      'growth-daily-active',
      'log',
      '--format=%an|%as|%s',
      'main',
    );
    expect(log.trim().split('\n')).toEqual([
      'Tariq Aziz|2026-01-20|Register in the catalog',
      'Nia Park|2025-09-01|List the countries with traffic',
      'Sam Ortiz|2025-04-17|Split active users by country',
      'Nia Park|2025-02-03|Start the daily active users job',
    ]);
    const first = await forge.in(
      'growth-daily-active',
      'show',
      'main~3:sql/daily_active_users.sql',
    );
    expect(first).not.toContain('country');
    const branches = await forge.in(
      'ads-attribution',
      'for-each-ref',
      '--format=%(refname:short)',
    );
    expect(branches.trim().split('\n')).toEqual([
      'docs/readme',
      'experiment/last-click',
      'main',
    ]);
    expect(await forge.in('experience-empty', 'for-each-ref')).toBe('');
    expect(forge.created.filter(o => o.archived).map(o => o.name)).toEqual([
      'insights-archive-2023',
    ]);
  }, 120_000);

  it('gives the same commits everywhere', async () => {
    const [one, two] = [await newForge(), await newForge()];
    await seedFleet(one);
    await seedFleet(two);
    for (const name of ['catalog', 'acme-pipelines', 'growth-dbt-engagement']) {
      const head = await one.in(name, 'rev-parse', 'main');
      expect(head).toBe(await two.in(name, 'rev-parse', 'main'));
    }
  }, 120_000);

  it('leaves what is there alone, unless asked to reset', async () => {
    const forge = await newForge();
    await seedFleet(forge);
    const head = await forge.in('acme-pipelines', 'rev-parse', 'main');
    await forge.in('acme-pipelines', 'branch', 'people/work', 'main');
    await forge.in('acme-pipelines', 'update-ref', 'refs/heads/main', 'main~1');

    const again = await seedFleet(forge);
    expect(again.written).toEqual([]);
    expect(await forge.in('acme-pipelines', 'rev-parse', 'main')).not.toBe(
      head,
    );

    const reset = await seedFleet(forge, { reset: true });
    expect(reset.written).toContain('acme-pipelines');
    expect(await forge.in('acme-pipelines', 'rev-parse', 'main')).toBe(head);
    expect(
      await forge.in('acme-pipelines', 'for-each-ref', 'refs/heads/people'),
    ).toBe('');
  }, 120_000);

  it('lists the catalog files under the URL of the forge', async () => {
    const forge = await newForge();
    await seedFleet(forge);
    const moved = new BareRepositories(forge.rootDir, 'http://127.0.0.1:9000');
    expect((await seedFleet(moved)).written).toEqual(['catalog']);

    const location = parse(
      await moved.in('catalog', 'show', 'main:locations.yaml'),
    );
    expect(location.spec.targets).toContain(
      'http://127.0.0.1:9000/demo/acme-pipelines/blob/main/catalog-info.yaml',
    );
    expect(location.spec.targets).toContain('./org.yaml');
    expect(location.spec.targets.join()).not.toMatch(/shadow|empty/);
    expect(await moved.in('catalog', 'show', 'main:unplaced.yaml')).toContain(
      'url:http://127.0.0.1:9000/demo/experience-empty/tree/main/',
    );
  }, 120_000);
});
