import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startDemoFleet } from './startDemoFleet';

describe('startDemoFleet', () => {
  let rootDir: string;

  beforeEach(async () => {
    rootDir = await mkdtemp(join(tmpdir(), 'demo-fleet-'));
  });

  afterEach(async () => {
    await rm(rootDir, { recursive: true, force: true });
  });

  async function start(reset = false) {
    const webhook = { url: 'http://127.0.0.1:9/none', secret: 'secret' };
    const { forge, seeded } = await startDemoFleet({
      rootDir,
      port: 0,
      reset,
      webhook,
    });
    async function get(path: string, token = 'demo-backstage-token') {
      const response = await fetch(`${forge.apiBaseUrl}${path}`, {
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/vnd.github.raw',
        },
      });
      return { status: response.status, text: await response.text() };
    }
    return { forge, seeded, get };
  }

  it('serves the seeded repositories through the API', async () => {
    const { forge, seeded, get } = await start();
    try {
      expect(seeded.written).toContain('catalog');
      const locations = await get(
        '/repos/demo/catalog/contents/locations.yaml',
      );
      const { targets } = parse(locations.text).spec;
      expect(targets).toContain(
        `${forge.baseUrl}/demo/growth-daily-active/blob/main/catalog-info.yaml`,
      );
      const archive = await get('/repos/demo/insights-archive-2023');
      expect(JSON.parse(archive.text).archived).toBe(true);
      const commits = await get('/repos/demo/acme-pipelines/commits/main');
      expect(JSON.parse(commits.text).commit.author.name).toBe('Tariq Aziz');
      expect((await get('/user', 'wrong')).status).toBe(401);
    } finally {
      await forge.close();
    }
  }, 60_000);

  it('goes on where it was stopped, or from the start when asked to', async () => {
    const first = await start();
    await first.forge.close();

    const second = await start();
    await second.forge.close();
    // The list of locations names the port, which may be another one here.
    const written = second.seeded.written.filter(name => name !== 'catalog');
    expect(written).toEqual([]);

    const third = await start(true);
    await third.forge.close();
    expect(third.seeded.written).toEqual(first.seeded.written);
  }, 60_000);
});
