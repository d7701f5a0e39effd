import { commitFiles, git, makePatch } from './rollout/__testUtils__/git';
import { PluginHarness } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';
import { until } from './testing/until';

jest.setTimeout(120_000);

const NEW_SQL = 'SELECT page_url AS url FROM page_views_v2\n';

describe('the rollout of the plugin', () => {
  let portal: PluginHarness;
  let id: string;
  let targetId: string;

  const act = async (action: string, reason?: string) => {
    const response = await portal
      .call('post', `/migrations/${id}/actions/${action}`)
      .send({ reason });
    expect([action, response.status]).toEqual([action, 200]);
    return response.body;
  };
  const target = async () =>
    (await portal.call('get', `/targets/${targetId}`, 'olga')).body;
  const becomes = (state: string) =>
    until(async () => (await target()).target.state === state, 30_000);
  const forge = async (path: string) => {
    const url = `${portal.forge.apiBaseUrl}/repos/demo/consumer${path}`;
    const response = await fetch(url, {
      headers: { authorization: 'Bearer bot-token-1234' },
    });
    return response.json();
  };

  /** Up to the approval, by the API alone. */
  beforeEach(async () => {
    portal = await startPageViews();
    const { body } = await portal.call('post', '/migrations').send({
      dataset: 'resource:default/page-views-v1',
      plan: { from: 'annotation' },
    });
    id = body.id;
    await act('start');
    await act('simulate');
    const run = await portal.attachNext();
    targetId = run.job.target.id;
    const [repository] = portal.forge
      .repositories()
      .filter(each => each.name === 'consumer');
    const { patch, baseCommit, files } = makePatch(repository.gitDir, 'main', {
      'sql/report.sql': NEW_SQL,
    });
    const reported = await portal.report(run, {
      outcome: 'changed',
      baseCommit,
      change: { patch, files },
    });
    if (!reported.body.accepted) throw new Error(reported.text);
    const detail = await target();
    await portal
      .call('post', `/targets/${targetId}/actions/approve`, 'olga')
      .send({ digest: detail.change.digest })
      .expect(200);
  });
  afterEach(() => portal.close());

  it('opens a pull request with the approved change, and takes it back', async () => {
    expect((await act('publish')).affectedTargets).toBe(1);
    expect((await portal.attachTask()).kind).toBe('publish');
    await becomes('open');
    const [opened, ...others] = await forge('/pulls?state=all');
    expect(others).toEqual([]);
    const shown = (await target()).target.pullRequest;
    expect(shown).toMatchObject({ number: opened.number, state: 'open' });
    expect(shown.headCommit).toBe(opened.head.sha);
    const file = await forge(
      `/contents/sql/report.sql?ref=${encodeURIComponent(opened.head.ref)}`,
    );
    expect(Buffer.from(file.content, 'base64').toString()).toBe(NEW_SQL);

    await act('roll-back', 'The new version is late.');
    expect((await portal.attachTask()).kind).toBe('rollback');
    await becomes('ended');
    expect((await target()).target.outcome).toBe('rolled-back');
    expect((await forge(`/pulls/${opened.number}`)).state).toBe('closed');
    const activity = await portal.call('get', `/migrations/${id}/activity`);
    expect(
      activity.body.items.map((each: { kind: string }) => each.kind),
    ).toEqual(expect.arrayContaining(['approve', 'opened', 'roll-back']));
  });

  it('verifies again where the base moved, and then publishes by itself', async () => {
    const [repository] = portal.forge
      .repositories()
      .filter(each => each.name === 'consumer');
    const moved = commitFiles(repository.gitDir, 'main', {
      'README.md': 'Later\n',
    });
    await act('publish');
    expect((await portal.attachTask()).kind).toBe('publish');
    const run = await portal.attachNext();
    const { change, ...verifying } = await target();
    expect(verifying.target).toMatchObject({
      state: 'approved',
      blocked: 'verification',
      reason: 'BASE_MOVED',
    });
    expect(run.job.run.kind).toBe('verify');
    expect(Buffer.from(run.job.patch ?? '', 'base64').toString()).toContain(
      `+${NEW_SQL}`,
    );
    await portal
      .report(run, {
        outcome: 'changed',
        baseCommit: moved,
        change: {
          patch: run.job.patch ?? '',
          files: [
            {
              path: 'sql/report.sql',
              baseBlob: git(
                repository.gitDir,
                'rev-parse',
                'main:sql/report.sql',
              ),
              added: 1,
              removed: 1,
            },
          ],
        },
      })
      .expect(200);
    expect((await portal.attachTask()).kind).toBe('publish');
    await becomes('open');
    const opened = await target();
    expect(opened.change).toMatchObject({
      digest: change.digest,
      number: change.number + 1,
      baseCommit: moved,
    });
    expect(opened.approval).toMatchObject({ digest: change.digest });
    expect(await forge('/pulls?state=all')).toHaveLength(1);
  });

  it('publishes nothing after a cancel', async () => {
    await act('cancel', 'Not this year.');
    expect((await target()).target).toMatchObject({
      state: 'ended',
      outcome: 'cancelled',
    });
    const publish = await portal
      .call('post', `/migrations/${id}/actions/publish`)
      .send({});
    expect(publish.status).toBe(409);
    expect(await forge('/pulls?state=all')).toEqual([]);
  });
});
