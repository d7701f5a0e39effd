import { PluginHarness } from '../__testUtils__/PluginHarness';
import { startPageViews } from '../__testUtils__/startPageViews';

jest.setTimeout(60_000);

const DATASET = 'resource:default/page-views-v1';

describe('campaigns', () => {
  let portal: PluginHarness;
  beforeEach(async () => {
    portal = await startPageViews();
  });
  afterEach(() => portal.close());

  it('launches a campaign over what its filter chooses, and rolls it back', async () => {
    const body = { name: 'views', title: 'All page views' };
    expect(
      (
        await portal
          .call('post', '/campaigns')
          .send({ ...body, filter: { 'metadata.name': 'nothing' } })
      ).status,
    ).toBe(400);
    const candidates = await portal
      .call('post', '/campaign-candidates')
      .send({ text: 'PAGE-VIEWS' });
    expect(candidates.body.items).toEqual([
      expect.objectContaining({ dataset: DATASET, targetVersion: '2.0.0' }),
    ]);
    const created = await portal
      .call('post', '/campaigns')
      .send({ ...body, datasets: [DATASET, DATASET] });
    expect(created.status).toBe(201);
    expect(created.body.datasets).toEqual([DATASET]);
    const on = (action: string) =>
      portal
        .call('post', `/campaigns/${created.body.id}/actions/${action}`)
        .send({});
    expect((await on('pause')).status).toBe(409);
    expect((await on('explode')).status).toBe(400);
    const launched = await on('launch');
    expect(launched.status).toBe(200);
    expect(launched.body).toMatchObject({ state: 'active', problems: [] });
    expect(launched.body.migrations).toEqual([
      expect.objectContaining({ dataset: DATASET, state: 'active' }),
    ]);
    expect((await on('pause')).body.migrations[0].state).toBe('paused');
    expect((await on('resume')).body.migrations[0].state).toBe('active');
    const back = await on('roll-back');
    expect(back.body.migrations[0].state).toBe('rolling-back');
    const [{ id }] = back.body.migrations;
    const found = await portal.call('get', `/migrations/${id}/targets`);
    expect(
      found.body.items.map((each: { outcome: string }) => each.outcome),
    ).toEqual(['cancelled', 'cancelled', 'cancelled']);
    portal.denied.add('dataset-migration.campaign.create');
    expect((await on('cancel')).status).toBe(403);
  });
});
