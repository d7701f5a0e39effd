import { PAGE_VIEWS_PLAN } from './testing/pageViews';
import { PluginHarness } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';

jest.setTimeout(120_000);

const DATASET = 'resource:default/page-views-v1';
const ANNOTATION = { from: 'annotation' };
const PATCH = `diff --git a/sql/report.sql b/sql/report.sql
--- a/sql/report.sql
+++ b/sql/report.sql
@@ -1 +1 @@
-SELECT url FROM page_views_v1
+SELECT page_url AS url FROM page_views_v2
`;

describe('the plugin', () => {
  let portal: PluginHarness;

  beforeEach(async () => {
    portal = await startPageViews();
  });
  afterEach(() => portal.close());

  const create = (dataset = DATASET, plan: object = ANNOTATION) =>
    portal.call('post', '/migrations').send({ dataset, plan });
  const act = (id: string, action: string, body: object = {}) =>
    portal.call('post', `/migrations/${id}/actions/${action}`).send(body);
  const targets = async (id: string) =>
    (await portal.call('get', `/migrations/${id}/targets`)).body.items;

  it('lets in nobody without credentials', async () => {
    for (const path of ['/migrations', '/pending', '/targets/x']) {
      const response = await portal.call('get', path, 'none');
      expect(response.status).toBe(401);
    }
    const attach = await portal
      .call('post', '/runs/x/attach', 'none')
      .send({ attempt: 1, taskId: 'task' });
    expect(attach.status).toBe(401);
  });

  it('says at which line a plan is wrong', async () => {
    const text = PAGE_VIEWS_PLAN.replace('url: page_url', 'url: page_adress');
    const { status, body } = await portal
      .call('post', '/plan-checks')
      .send({ dataset: DATASET, plan: { from: 'text', text } });
    expect(status).toBe(200);
    expect(body.valid).toBe(false);
    const line = text.split('\n').findIndex(each => /page_adress/.test(each));
    expect(body.problems).toContainEqual(
      expect.objectContaining({ severity: 'error', line: line + 1 }),
    );
  });

  it('finds nothing wrong with the plan that the annotation names', async () => {
    const { body } = await portal
      .call('post', '/plan-checks')
      .send({ dataset: DATASET, plan: ANNOTATION });
    expect(body).toMatchObject({ valid: true, problems: [] });
    expect(body.fields).toContainEqual(
      expect.objectContaining({ name: 'url', is: 'page_url' }),
    );
  });

  it('starts a draft and keeps consumers it cannot reach, with the reason', async () => {
    const created = await create();
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      state: 'draft',
      title: 'Page views v1 to v2',
      createdBy: 'user:default/ada',
      planErrors: 0,
      nextStep: { action: 'start' },
    });
    const { id } = created.body;
    expect((await portal.call('get', `/migrations/${id}`)).body.id).toBe(id);

    const started = await act(id, 'start');
    expect(started.status).toBe(200);
    expect(started.body.affectedTargets).toBe(3);
    expect(started.body.migration).toMatchObject({
      state: 'active',
      startedBy: 'user:default/ada',
      nextStep: { action: 'simulate' },
    });
    const found = Object.fromEntries(
      (await targets(id)).map((each: { consumer: string }) => [
        each.consumer,
        each,
      ]),
    );
    expect(found['component:default/report']).toMatchObject({
      state: 'pending',
      owner: 'group:default/reporting',
      repository: `${portal.forge.host}/demo/consumer`,
      repositoryUrl: `${portal.forge.baseUrl}/demo/consumer`,
      paths: ['sql/**'],
    });
    expect(found['component:default/attic']).toMatchObject({
      state: 'unresolved',
      reason: 'REPOSITORY_ARCHIVED',
    });
    expect(found['component:default/lost']).toMatchObject({
      state: 'unresolved',
      reason: 'NO_SOURCE_LOCATION',
    });
    expect((await create()).status).toBe(409);
    expect((await act(id, 'start')).status).toBe(409);
  });

  it('makes one draft although two people ask at once', async () => {
    const made = await Promise.all([create(), create()]);
    expect(made.map(each => each.status).sort()).toEqual([201, 409]);
    expect((await portal.call('get', '/migrations')).body.totalItems).toBe(1);
  });

  it('refuses what makes no sense, and says where', async () => {
    expect((await create('resource:default/nowhere')).status).toBe(404);
    const cluster = await create('resource:default/cluster');
    expect(cluster.status).toBe(400);
    expect(cluster.body.error.message).toMatch(/no dataset/);
    expect((await create(':')).status).toBe(400);
    const malformed = await portal
      .call('post', '/migrations')
      .send({ dataset: DATASET, plan: { from: 'thin air' } });
    expect(malformed.status).toBe(400);
    expect(malformed.body.error.message).toMatch(/\/body\/plan\/from/);
    const { id } = (await create()).body;
    const unknown = await act(id, 'explode');
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.message).toMatch(/"explode" is not an action/);
    expect((await act(id, 'simulate')).status).toBe(409);
    expect((await portal.call('get', '/migrations/none')).status).toBe(404);
    expect((await portal.call('get', '/nothing-here')).status).toBe(404);
  });

  it('does not start a plan with errors, and throws a draft away', async () => {
    const { id, planErrors } = (
      await create(DATASET, {
        from: 'text',
        text: PAGE_VIEWS_PLAN.replace('./v1.odcs.yaml', './gone.yaml'),
      })
    ).body;
    expect(planErrors).toBeGreaterThan(0);
    expect((await act(id, 'start')).status).toBe(409);
    const discarded = await act(id, 'discard');
    expect(discarded.body.migration).toMatchObject({
      state: 'ended',
      outcome: 'discarded',
    });
    expect((await create()).status).toBe(201);
  });

  it('asks the policy before anything else', async () => {
    const { id } = (await create()).body;
    portal.denied.add('dataset-migration.migration.create');
    const refused = await create();
    expect(refused.status).toBe(403);
    expect(refused.body.error.message).toMatch(/migration\.create/);
    expect((await act(id, 'start')).status).toBe(403);
    const effect = await portal.call('get', `/migrations/${id}/effects/start`);
    expect(effect.body.allowed).toBe(false);
    portal.denied.add('dataset-migration.migration.read');
    for (const path of [`/migrations/${id}`, '/migrations', '/pending']) {
      expect((await portal.call('get', path)).status).toBe(403);
    }
  });

  it('lists what waits for a migration, prepares it, and says so', async () => {
    const scanned = await portal.call('post', '/pending/scan');
    expect(scanned.status).toBe(200);
    const [pending] = scanned.body.items;
    expect(pending).toMatchObject({
      dataset: DATASET,
      currentVersion: '1.0.0',
      targetVersion: '2.0.0',
      source: 'catalog',
    });
    expect(portal.events).toContainEqual({
      topic: 'dataset-migration.pending',
      eventPayload: expect.objectContaining({
        dataset: DATASET,
        migrationId: pending.migrationId,
      }),
    });
    const overview = await portal
      .call('get', '/dataset-overview')
      .query({ dataset: DATASET });
    expect(overview.body).toMatchObject({
      consumersKnown: 3,
      migration: { id: pending.migrationId, state: 'draft' },
    });
    const again = await portal.call('post', '/pending/scan');
    expect(again.body.items).toEqual(scanned.body.items);
  });

  describe('with a run of a target', () => {
    let id: string;
    let run: Awaited<ReturnType<PluginHarness['attachNext']>>;

    beforeEach(async () => {
      id = (await create()).body.id;
      await act(id, 'start');
      await act(id, 'simulate');
      run = await portal.attachNext();
    });

    const report = () =>
      portal.report(run, {
        outcome: 'changed',
        baseCommit: 'a'.repeat(40),
        change: {
          patch: Buffer.from(PATCH).toString('base64'),
          files: [
            {
              path: 'sql/report.sql',
              baseBlob: 'b'.repeat(40),
              added: 1,
              removed: 1,
            },
          ],
        },
        uses: [
          {
            place: { path: 'sql/report.sql', line: 1, column: 8 },
            field: 'url',
            context: 'projection',
            route: 'codemod',
            snippet: 'url',
          },
        ],
        rung: 'equivalent',
        evidence: [
          {
            verifier: 'equivalence',
            rung: 'equivalent',
            verdict: 'passed',
            summary: 'The same rows.',
            paths: ['sql/report.sql'],
          },
        ],
      });
    const decide = (action: string, body: object, user: string) =>
      portal
        .call('post', `/targets/${run.job.target.id}/actions/${action}`, user)
        .send(body);

    it('gives the runner its job, and the source for its credential only', async () => {
      expect(run.job).toMatchObject({
        run: { kind: 'simulate', attempt: 1 },
        target: { consumer: 'component:default/report', paths: ['sql/**'] },
        mapping: { version: 1 },
      });
      const source = () =>
        portal
          .raw('get', `/runs/${run.job.run.id}/source`)
          .set('x-run-attempt', String(run.job.run.attempt))
          .set('x-run-token', String(run.job.run.token));
      expect((await source()).status).toBe(401);
      const given = await source()
        .set('authorization', `Bearer ${run.credential}`)
        .buffer(true)
        .parse((response, done) => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(Buffer.from(chunk)));
          response.on('end', () => done(null, Buffer.concat(chunks)));
        });
      expect(given.status).toBe(200);
      expect(given.headers['x-source-commit']).toMatch(/^[0-9a-f]{40}$/);
      expect(given.body.subarray(0, 4).toString()).toBe('PACK');
    });

    it('takes no report without the credential of the attempt', async () => {
      const stranger = { ...run, credential: 'guessed' };
      expect(
        (await portal.report(stranger, { outcome: 'not-affected' })).status,
      ).toBe(401);
      const { status } = await portal
        .raw('post', `/runs/${run.job.run.id}/reports`)
        .send({ attempt: 1, token: 1, reportId: 'r', kind: 'heartbeat' });
      expect(status).toBe(401);
      expect((await targets(id)).map(stateOf)).toContain('simulating');
    });

    it('takes the result once, and shows the change for review', async () => {
      expect((await report()).body).toEqual({ accepted: true });
      expect((await report()).body).toEqual({ accepted: false });
      const { body } = await portal.call(
        'get',
        `/targets/${run.job.target.id}`,
        'olga',
      );
      expect(body.target).toMatchObject({
        state: 'simulated',
        blocked: 'review',
        framework: 'bigquery-sql',
        proof: 'passed',
        rung: 'equivalent',
        digest: body.change.digest,
      });
      expect(body.change.files[0].diff).toContain('+SELECT page_url AS url');
      expect(body.allowed).toEqual({ approve: true });
    });

    it('takes approvals of what was looked at, from another than who started it', async () => {
      await report();
      const { body } = await portal.call(
        'get',
        `/targets/${run.job.target.id}`,
      );
      const { digest } = body.change;
      expect(body.allowed.reason).toMatch(/four eyes/);
      const stale = await decide('approve', { digest: 'f'.repeat(64) }, 'olga');
      expect(stale.status).toBe(409);
      const own = await decide('approve', { digest }, 'ada');
      expect(own.status).toBe(403);
      expect(own.body.error.message).toMatch(/four eyes/);
      portal.denied.add('dataset-migration.target.approve');
      const stranger = await decide('approve', { digest }, 'eve');
      expect(stranger.status).toBe(403);
      expect(stranger.body.error.message).toMatch(/group:default\/reporting/);
      portal.denied.clear();
      const approved = await decide('approve', { digest }, 'olga');
      expect(approved.status).toBe(200);
      expect(approved.body.target.state).toBe('approved');
      expect(approved.body.approval).toMatchObject({
        decidedBy: 'user:default/olga',
        digest,
      });
    });

    it('skips with a reason only, and confirms what it affects', async () => {
      await report();
      expect((await decide('skip', {}, 'olga')).status).toBe(400);
      expect((await decide('explode', {}, 'olga')).status).toBe(400);
      const wrong = await act(id, 'cancel', { expectedTargets: 7 });
      expect(wrong.status).toBe(409);
      const reason = 'It is deleted next week.';
      const { body } = await decide('skip', { reason }, 'olga');
      expect(body.target).toMatchObject({
        state: 'ended',
        outcome: 'skipped',
        message: reason,
      });
    });
  });
});

function stateOf(target: { state: string }): string {
  return target.state;
}
