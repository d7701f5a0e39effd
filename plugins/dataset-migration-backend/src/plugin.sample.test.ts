import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { PluginHarness } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';

jest.setTimeout(120_000);

const DATASET = 'resource:default/page-views-v1';

describe('a connection to real data', () => {
  let portal: PluginHarness;
  let directory: string;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sample-'));
    write('page_views_v1', 'view_id,url\n1,/home\n2,/about\n');
    write('page_views_v2', 'view_id,page_url\n1,/home\n2,/about\n');
    portal = await startPageViews({
      datasetMigration: {
        connections: [
          {
            name: 'lake-sample',
            datasets: ['resource:default/page-views-*'],
            kind: 'directory',
            path: directory,
          },
        ],
      },
    });
  });
  afterEach(async () => {
    await portal.close();
    rmSync(directory, { recursive: true, force: true });
  });

  function write(table: string, text: string) {
    writeFileSync(join(directory, `${table}.csv`), text);
  }

  async function create() {
    const { body, status } = await portal
      .call('post', '/migrations')
      .send({ dataset: DATASET, plan: { from: 'annotation' } });
    expect(status).toBe(201);
    return body.id;
  }
  const planOf = async (id: string) =>
    (await portal.call('get', `/migrations/${id}/plan`)).body;

  it('checks the mapping once for each plan, and is named to the runs', async () => {
    const id = await create();
    const { sample, text } = await planOf(id);
    expect(sample).toMatchObject({
      connection: 'lake-sample',
      checkedAt: expect.any(Number),
      tables: [
        { side: 'from', name: 'page_views_v1', rows: 2, complete: true },
        { side: 'to', name: 'page_views_v2', rows: 2, complete: true },
      ],
      drift: [],
      mapping: { verdict: 'passed', outputRows: 2 },
    });

    write('page_views_v2', 'view_id,page_url,extra\n1,/start,x\n2,/about,y\n');
    const updated = await portal
      .call('put', `/migrations/${id}/plan`)
      .send({ from: 'text', text });
    expect(updated.body.sample).toMatchObject({
      drift: [{ side: 'to', field: 'extra', code: 'DRIFT_COLUMN_EXTRA' }],
      mapping: { verdict: 'inconclusive', reason: 'SAMPLES_DO_NOT_MEET' },
    });
    expect(JSON.stringify(updated.body.sample)).not.toContain('/start');

    await portal.call('post', `/migrations/${id}/actions/start`).send({});
    await portal.call('post', `/migrations/${id}/actions/simulate`).send({});
    const { job, connection } = await portal.attachNext();
    expect(job.connection).toEqual({ name: 'lake-sample', showRows: false });
    expect(JSON.stringify(job)).not.toContain(directory);
    expect(JSON.parse(connection ?? '')).toEqual({
      kind: 'directory',
      path: directory,
    });
  });

  it('stops no migration where it cannot be read', async () => {
    rmSync(directory, { recursive: true });
    const { sample } = await planOf(await create());
    expect(sample).toEqual({
      connection: 'lake-sample',
      checkedAt: expect.any(Number),
      error: expect.stringContaining('could not be checked'),
    });
  });
});
