import { Entity } from '@backstage/catalog-model';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { PluginHarness } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';
import { commitFiles, makePatch } from './rollout/__testUtils__/git';
import {
  consumer,
  PAGE_VIEWS_PLAN,
  pageViewsCatalog,
} from './testing/pageViews';
import { startPostgres, StartedPostgres } from './testing/startPostgres';
import { until } from './testing/until';

jest.setTimeout(240_000);

const CRITICALITY = { north: 'low', east: 'high', south: 'critical' };
const NEW_SQL = 'SELECT page_url AS url FROM page_views_v2\n';

function entities(codeUrl: string): Entity[] {
  const more = Object.entries(CRITICALITY).map(([name, criticality]) => {
    const entity: Entity = consumer(name, `url:${codeUrl}/${name}/tree/main/`);
    Object.assign(entity.metadata.annotations ?? {}, {
      'dataset-migration/criticality': criticality,
    });
    return entity;
  });
  // Those without code would be in a wave as well, in one or the other.
  const hasCode = ({ metadata }: Entity) =>
    !['attic', 'lost'].includes(metadata.name);
  return [...pageViewsCatalog(codeUrl).filter(hasCode), ...more];
}

describe('the waves of a portal', () => {
  let server: StartedPostgres;
  let portal: PluginHarness;
  let id: string;
  let stopped = false;
  let attaching: Promise<void>;

  beforeAll(async () => {
    server = await startPostgres();
    portal = await startPageViews({
      entities,
      postgres: { connection: server.connection, prefix: 'waves_' },
      datasetMigration: {
        slices: {
          dispatch: { milliseconds: 50 },
          reconcile: '1s',
          rollout: '1s',
        },
      },
    });
    for (const name of Object.keys(CRITICALITY)) {
      const { gitDir } = await portal.forge.createRepository({ name });
      commitFiles(gitDir, 'main', {
        'sql/report.sql': 'SELECT url FROM page_views_v1\n',
      });
    }
    attaching = attachAll();
  });
  afterAll(async () => {
    stopped = true;
    await attaching;
    await portal.close();
    await server.stop();
  });

  /** What the scaffolder does. */
  async function attachAll(): Promise<void> {
    while (!stopped) {
      for (const task of portal.takeTasks()) await portal.attach(task, 'task');
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  const act = async (action: string, body: object = {}) =>
    portal
      .call('post', `/migrations/${id}/actions/${action}`)
      .send(body)
      .expect(200);
  const rollout = async (): Promise<Api.Rollout> =>
    (await portal.call('get', `/migrations/${id}/rollout`)).body;
  const targets = async (): Promise<Api.Target[]> =>
    (await portal.call('get', `/migrations/${id}/targets`)).body.items.filter(
      (each: Api.Target) => each.state !== 'unresolved',
    );
  const named = async (name: string) =>
    (await targets()).find(each => each.repository?.endsWith(`/${name}`))!;
  const forge = async (
    name: string,
    method: string,
    path: string,
    body = {},
  ) => {
    const url = `${portal.forge.apiBaseUrl}/repos/demo/${name}${path}`;
    const response = await fetch(url, {
      method,
      headers: { authorization: 'Bearer bot-token-1234' },
      ...(method !== 'GET' && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${url}: ${await response.text()}`);
    return response.json();
  };
  const becomes = (name: string, state: string) =>
    until(async () => (await named(name)).state === state, 60_000);

  async function simulateAndApprove(): Promise<void> {
    await act('simulate');
    const reported = new Set<string>();
    await until(async () => {
      for (const run of portal.submitted) {
        const name = run.job.target.repository.split('/').at(-1)!;
        if (run.job.run.kind !== 'simulate' || reported.has(name)) continue;
        reported.add(name);
        const { gitDir } = portal.forge
          .repositories()
          .find(each => each.name === name)!;
        const { patch, baseCommit, files } = makePatch(gitDir, 'main', {
          'sql/report.sql': NEW_SQL,
        });
        await portal
          .report(run, {
            outcome: 'changed',
            baseCommit,
            change: { patch, files },
          })
          .expect(200);
      }
      return reported.size === 4;
    }, 60_000);
    for (const { id: targetId, digest } of await targets()) {
      await portal
        .call('post', `/targets/${targetId}/actions/approve`, 'olga')
        .send({ digest })
        .expect(200);
    }
  }

  it('open by themselves, least critical first, and halt on errors', async () => {
    const code = `${portal.forge.baseUrl}/demo/datasets`;
    portal.files.set(
      `${code}/blob/main/plan.yaml`,
      `${PAGE_VIEWS_PLAN}  rollout:
    waves: [{ name: canary, share: 25% }, { share: 75% }, { share: 100% }]
    proceed: { merged: 30% }
    soak: PT1S
    halt: { errorRate: 40%, atLeast: 1 }
`,
    );
    const created = await portal.call('post', '/migrations').send({
      dataset: 'resource:default/page-views-v1',
      plan: { from: 'annotation' },
    });
    id = created.body.id;
    await act('start');
    await simulateAndApprove();
    expect(
      (await targets()).map(each => [
        each.repository?.split('/').at(-1),
        each.wave,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['north', 1],
        ['consumer', 2],
        ['east', 2],
        ['south', 3],
      ]),
    );
    const effect = await portal.call(
      'get',
      `/migrations/${id}/effects/publish`,
    );
    expect(effect.body).toMatchObject({ targets: 1, repositories: 1 });

    // One person publishes once.
    await act('publish', { expectedTargets: 1 });
    await becomes('north', 'open');
    expect((await rollout()).next).toMatchObject({
      wave: 2,
      waitsFor: 'merges',
    });
    const early = await portal
      .call('post', `/migrations/${id}/actions/publish`)
      .send({});
    expect([early.status, early.text]).toEqual([
      409,
      expect.stringContaining('Say why it opens before that.'),
    ]);

    const { number } = (await named('north')).pullRequest!;
    await forge('north', 'PUT', `/pulls/${number}/merge`);
    await becomes('consumer', 'open');
    await becomes('east', 'open');
    const two = await rollout();
    expect(two.waves[0]).toMatchObject({
      name: 'canary',
      state: 'through',
      openedBy: 'user:default/ada',
      merged: 1,
    });
    expect(two.waves[1]).toMatchObject({ state: 'open', openedBy: 'system' });
    expect((await named('south')).state).toBe('approved');

    // A check that passed on the base fails.
    const [east] = await forge('east', 'GET', '/pulls?state=open');
    for (const [commit, conclusion] of [
      [east.base.sha, 'success'],
      [east.head.sha, 'failure'],
    ]) {
      await forge('east', 'POST', '/check-runs', {
        name: 'build',
        head_sha: commit,
        status: 'completed',
        conclusion,
      });
    }
    await until(async () => (await rollout()).halt !== undefined, 60_000);
    const halted = (await portal.call('get', `/migrations/${id}`)).body;
    expect(halted).toMatchObject({
      state: 'halted',
      reason: expect.stringMatching(/^Wave 2: 1 of 1 results are errors/),
    });
    expect((await rollout()).failures).toEqual([
      { signature: 'checks-failed', targets: 1, rerun: 0 },
    ]);
    await portal
      .call('post', `/migrations/${id}/actions/resume`)
      .send({})
      .expect(409);
    await act('resume', { reason: 'The check is flaky.' });

    // Errors up to the decision are on record; the wave goes on from there.
    const merged = (await named('consumer')).pullRequest!;
    await forge('consumer', 'PUT', `/pulls/${merged.number}/merge`);
    await becomes('south', 'open');
    const kinds = (
      await portal.call('get', `/migrations/${id}/activity?limit=200`)
    ).body.items
      .filter((each: Api.Activity) => !each.targetId)
      .map((each: Api.Activity) => `${each.kind} ${each.actor}`);
    expect(kinds.slice(0, 4)).toEqual([
      'wave-opens system',
      expect.stringMatching(/^resume user:/),
      'halt system',
      'wave-opens system',
    ]);
  });
});
