import { PluginHarness, StartedTask } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';
import { commitFiles, git, makePatch } from './rollout/__testUtils__/git';
import { consumer, pageViewsCatalog } from './testing/pageViews';
import { startPostgres, StartedPostgres } from './testing/startPostgres';
import { until } from './testing/until';

jest.setTimeout(180_000);

const NAMES = ['north', 'east', 'south', 'west', 'up', 'down'];
const OLD_SQL = 'SELECT url FROM page_views_v1\n';
const NEW_SQL = 'SELECT page_url AS url FROM page_views_v2\n';

/** The catalog of page views, with more consumers, each with a repository of its own. */
function entities(codeUrl: string) {
  return [
    ...pageViewsCatalog(codeUrl),
    ...NAMES.map(name => consumer(name, `url:${codeUrl}/${name}/tree/main/`)),
  ];
}

describe('two replicas on one PostgreSQL', () => {
  let server: StartedPostgres;
  let replicas: PluginHarness[];
  let stopped: boolean;
  let attaching: Promise<void>;
  /** Every task that a replica started, and how many of its two attaches worked. */
  const started: Array<StartedTask & { attached: number }> = [];

  beforeAll(async () => {
    server = await startPostgres();
    const first = await startPageViews({
      entities,
      postgres: { connection: server.connection, prefix: 'replicas_' },
    });
    replicas = [first];
    replicas.push(await startPageViews({ entities, beside: first }));
    for (const name of NAMES) {
      const { gitDir } = await first.forge.createRepository({ name });
      commitFiles(gitDir, 'main', { 'sql/report.sql': OLD_SQL });
    }
    stopped = false;
    attaching = attachAll();
  });
  afterAll(async () => {
    stopped = true;
    await attaching;
    for (const replica of [...replicas].reverse()) await replica.close();
    await server.stop();
  });

  /** The scaffolder runs each task twice, and a load balancer sends it to either replica. */
  async function attachAll(): Promise<void> {
    while (!stopped) {
      for (const task of replicas.flatMap(each => each.takeTasks())) {
        const answers = await Promise.all(
          replicas.map((replica, index) =>
            replica.attach(task, `task-${index}`),
          ),
        );
        started.push({ ...task, attached: answers.filter(Boolean).length });
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  const submitted = () => replicas.flatMap(each => each.submitted);
  const gitDirOf = (name: string) =>
    replicas[0].forge.repositories().find(each => each.name === name)?.gitDir ??
    '';

  async function simulateAll(id: string): Promise<void> {
    const [first, second] = replicas;
    for (const action of ['start', 'simulate']) {
      await first
        .call('post', `/migrations/${id}/actions/${action}`)
        .send({})
        .expect(200);
    }
    const reported = new Set<string>();
    await until(async () => {
      for (const run of submitted()) {
        if (reported.has(run.job.run.id)) continue;
        reported.add(run.job.run.id);
        const name = run.job.target.repository.split('/').at(-1) ?? '';
        const { patch, baseCommit, files } = makePatch(gitDirOf(name), 'main', {
          'sql/report.sql': NEW_SQL,
        });
        // The answer to the first report got lost; the runner sends it to the other one.
        for (const replica of [second, first]) {
          await replica
            .report(run, {
              outcome: 'changed',
              baseCommit,
              change: { patch, files },
            })
            .expect(200);
        }
      }
      return reported.size === NAMES.length + 1;
    }, 60_000);
  }

  const targetsOf = async (id: string) =>
    (
      await replicas[1].call('get', `/migrations/${id}/targets?limit=100`)
    ).body.items.filter(
      (each: { repository?: string; state: string }) =>
        each.state !== 'unresolved',
    );

  it('leases each run once, and opens one pull request for each target', async () => {
    const [first, second] = replicas;
    // The scan may have prepared it already.
    const created = await first.call('post', '/migrations').send({
      dataset: 'resource:default/page-views-v1',
      plan: { from: 'annotation' },
    });
    expect([201, 409, created.text]).toContain(created.status);
    const drafts = (await second.call('get', '/migrations')).body.items;
    expect(drafts).toHaveLength(1);
    const [{ id }] = drafts;
    await simulateAll(id);
    const simulated = await targetsOf(id);
    expect(simulated.map((each: { state: string }) => each.state)).toEqual(
      new Array(NAMES.length + 1).fill('simulated'),
    );
    for (const { id: targetId, digest } of simulated) {
      const approve = `/targets/${targetId}/actions/approve`;
      await second.call('post', approve, 'olga').send({ digest }).expect(200);
    }

    // Two people press the button at once: what one of them moved, the other does not.
    const published = await Promise.all(
      replicas.map(replica =>
        replica.call('post', `/migrations/${id}/actions/publish`).send({}),
      ),
    );
    expect(published.map(each => each.status).sort()).toEqual(
      expect.arrayContaining([200]),
    );
    const states = async () =>
      (await targetsOf(id)).map((each: { state: string }) => each.state);
    await until(async () => {
      if ((await states()).includes('approved')) {
        // A pilot of five is open; nobody waits for its merges here.
        await first
          .call('post', `/migrations/${id}/actions/publish`)
          .send({ reason: 'The pilot looks good.' });
      }
      return (await states()).every((state: string) => state === 'open');
    }, 90_000);

    for (const name of [...NAMES, 'consumer']) {
      const url = `${first.forge.apiBaseUrl}/repos/demo/${name}/pulls?state=all`;
      const response = await fetch(url, {
        headers: { authorization: 'Bearer bot-token-1234' },
      });
      expect([name, (await response.json()).length]).toEqual([name, 1]);
      expect(
        git(gitDirOf(name), 'branch', '--list', 'dataset-migration/*').split(
          '\n',
        ),
      ).toHaveLength(1);
    }

    // Every attempt was leased by one replica, and one of its tasks worked.
    const attempts = started.map(each => `${each.runId}:${each.attempt}`);
    expect(new Set(attempts).size).toBe(attempts.length);
    expect(started.map(each => each.attached)).toEqual(attempts.map(() => 1));
    const fleet = submitted().map(({ job }) => job.target.id);
    expect(new Set(fleet).size).toBe(fleet.length);
    const runs = await Promise.all(
      simulated.map(async (each: { id: string }) => {
        const { body } = await first.call('get', `/targets/${each.id}`);
        return body.runs.map(
          (run: { kind: string; state: string; attempt: number }) =>
            `${run.kind} ${run.state} ${run.attempt}`,
        );
      }),
    );
    expect(runs).toEqual(
      simulated.map(() => ['publish succeeded 1', 'simulate succeeded 1']),
    );
    // Both did their part.
    expect(replicas.map(each => each.tasks.length > 0)).toEqual([true, true]);
  });
});
