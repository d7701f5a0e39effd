import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import {
  FakeBackend,
  SeenRequest,
  startFakeBackend,
} from '../testing/startFakeBackend';
import {
  createAgentRunAction,
  createDiscoverAction,
  createPublishAction,
  createRollbackAction,
  createSimulateAction,
} from '.';

const migration = {
  id: 'm1',
  title: 'User activity',
  state: 'active',
  progress: { total: 2, phase: 'simulating 1 of 2', counts: [] as object[] },
};
const run = { id: 'r1', kind: 'simulate', state: 'running', attempt: 2 };

describe('actions', () => {
  let backend: FakeBackend | undefined;
  afterEach(async () => backend?.close());

  async function serve(
    answer: (request: SeenRequest) => { status?: number; body: unknown },
  ) {
    backend = await startFakeBackend(answer);
    return {
      auth: mockServices.auth({ pluginId: 'scaffolder' }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => backend?.url ?? '',
      }),
      pollMs: 10,
    };
  }

  function contextOf(input: object, changes: object = {}) {
    return {
      ...createMockActionContext({
        input: input as JsonObject,
        getInitiatorCredentials: async () => mockCredentials.user(),
      }),
      ...changes,
    };
  }

  it('have examples that are valid steps of a template', async () => {
    const dependencies = await serve(() => ({ body: {} }));
    const actions = [
      createAgentRunAction(dependencies),
      createDiscoverAction(dependencies),
      createPublishAction(dependencies),
      createRollbackAction(dependencies),
      createSimulateAction(dependencies),
    ];
    expect(actions.map(action => action.id)).toEqual([
      'dataset-migration:agent:run',
      'dataset-migration:discover',
      'dataset-migration:publish',
      'dataset-migration:rollback',
      'dataset-migration:simulate',
    ]);
    for (const action of actions) {
      expect(action.supportsDryRun).toBe(true);
      expect(action.examples?.length).toBeGreaterThan(0);
      for (const { example } of action.examples ?? []) {
        const { steps } = parse(example);
        expect(steps).toHaveLength(1);
        expect(steps[0].action).toBe(action.id);
        expect(validate(steps[0].input, action.schema!.input!).errors).toEqual(
          [],
        );
        expect(validate({}, action.schema!.input!).valid).toBe(false);
      }
    }
  });

  it('describe every value they take and give', async () => {
    const dependencies = await serve(() => ({ body: {} }));
    for (const create of [
      createAgentRunAction,
      createDiscoverAction,
      createPublishAction,
      createRollbackAction,
      createSimulateAction,
    ]) {
      const { id, schema } = create(dependencies);
      for (const side of [schema?.input, schema?.output]) {
        const values = Object.entries(side?.properties ?? {});
        expect([id, values.length]).not.toEqual([id, 0]);
        for (const [name, value] of values) {
          expect([id, name, value.description]).toEqual([
            id,
            name,
            expect.any(String),
          ]);
        }
      }
    }
  });

  it('simulate acts as who started the task and waits until all is ready', async () => {
    let looks = 0;
    const dependencies = await serve(({ method }) => {
      if (method === 'POST') return { body: { migration, affectedTargets: 2 } };
      looks += 1;
      const counts =
        looks < 3
          ? [{ state: 'simulating', count: 1 }]
          : [
              { state: 'simulated', blocked: 'review', count: 1 },
              { state: 'pending', blocked: 'no-owner', count: 1 },
            ];
      const phase = looks < 3 ? 'simulating' : 'to review';
      return { body: { ...migration, progress: { total: 2, phase, counts } } };
    });
    const ctx = contextOf({ migrationId: 'm1', wait: true });
    await createSimulateAction(dependencies).handler(ctx as never);
    expect(looks).toBe(3);
    const [act] = backend!.requests;
    expect(act.path).toBe('/migrations/m1/actions/simulate');
    expect(act.authorization).toMatch(/^Bearer .+/);
    expect(ctx.output).toHaveBeenCalledWith('affectedTargets', 2);
    expect(ctx.output).toHaveBeenCalledWith('message', 'to review');
  });

  it('simulate of chosen targets waits for these only', async () => {
    let looks = 0;
    const dependencies = await serve(({ method, path }) => {
      if (method === 'POST') return { body: { migration, affectedTargets: 1 } };
      if (path !== '/targets/t1') return { body: migration };
      looks += 1;
      return {
        body: { target: { state: looks < 2 ? 'simulating' : 'simulated' } },
      };
    });
    const ctx = contextOf({ migrationId: 'm1', targetIds: ['t1'], wait: true });
    await createSimulateAction(dependencies).handler(ctx as never);
    expect(looks).toBe(2);
    expect(backend!.requests[0].body).toEqual({ targetIds: ['t1'] });
  });

  it('publish does nothing in a dry run and says what it would do', async () => {
    const dependencies = await serve(({ path }) => ({
      body: path.includes('/effects/')
        ? { message: 'Opens 12 pull requests.', targets: 12 }
        : migration,
    }));
    const ctx = contextOf({ migrationId: 'm1' }, { isDryRun: true });
    await createPublishAction(dependencies).handler(ctx as never);
    expect(
      backend!.requests.map(each => `${each.method} ${each.path}`),
    ).toEqual(['GET /migrations/m1/effects/publish', 'GET /migrations/m1']);
    expect(ctx.output).toHaveBeenCalledWith('affectedTargets', 0);
    expect(ctx.output).toHaveBeenCalledWith(
      'message',
      'Dry run, nothing was done. Opens 12 pull requests.',
    );
  });

  it('publish ends when its task is cancelled', async () => {
    const stop = new AbortController();
    const dependencies = await serve(({ method }) => {
      if (method === 'POST') return { body: { migration, affectedTargets: 1 } };
      stop.abort();
      const counts = [{ state: 'publishing', count: 1 }];
      return { body: { ...migration, progress: { phase: 'x', counts } } };
    });
    const ctx = contextOf(
      { migrationId: 'm1', wait: true },
      { signal: stop.signal },
    );
    await expect(
      createPublishAction(dependencies).handler(ctx as never),
    ).rejects.toThrow(/abort/i);
    const before = backend!.requests.length;
    await expect(
      createPublishAction(dependencies).handler(ctx as never),
    ).rejects.toThrow(/abort/i);
    expect(backend!.requests).toHaveLength(before);
  });

  it('rollback waits until what is merged has a proposed reverse', async () => {
    let lists = 0;
    const counts = [{ state: 'reverting', count: 1 }];
    const dependencies = await serve(({ method, path }) => {
      if (method === 'POST') return { body: { migration, affectedTargets: 1 } };
      if (!path.endsWith('/targets')) {
        return { body: { ...migration, progress: { phase: 'back', counts } } };
      }
      lists += 1;
      const revert = lists < 2 ? undefined : { number: 7 };
      return { body: { items: [{ id: 't1', revert }], totalItems: 1 } };
    });
    const ctx = contextOf({ migrationId: 'm1', reason: 'wrong', wait: true });
    await createRollbackAction(dependencies).handler(ctx as never);
    expect(lists).toBe(2);
    expect(backend!.requests[0]).toMatchObject({
      path: '/migrations/m1/actions/roll-back',
      body: { reason: 'wrong' },
    });
  });

  it('rollback passes on what the backend refuses', async () => {
    const dependencies = await serve(() => ({
      status: 403,
      body: { error: { name: 'NotAllowedError', message: 'You may not.' } },
    }));
    await expect(
      createRollbackAction(dependencies).handler(
        contextOf({ migrationId: 'm1', reason: 'x' }) as never,
      ),
    ).rejects.toThrow('403');
  });

  it('discover lists the targets of the migration, page by page', async () => {
    const target = (id: string) => ({ id, paths: [], state: 'pending' });
    const dependencies = await serve(({ path, query }) => {
      if (path === '/dataset-overview') {
        return {
          body: {
            dataset: query.get('dataset'),
            consumersKnown: 2,
            consumersTruncated: false,
            migration,
          },
        };
      }
      return query.get('cursor')
        ? { body: { items: [target('t2')], totalItems: 2 } }
        : { body: { items: [target('t1')], totalItems: 2, nextCursor: 'c' } };
    });
    const ctx = contextOf({ dataset: 'resource:default/a' });
    await createDiscoverAction(dependencies).handler(ctx as never);
    expect(ctx.output).toHaveBeenCalledWith('consumersKnown', 2);
    expect(ctx.output).toHaveBeenCalledWith('consumers', [
      expect.objectContaining({ targetId: 't1' }),
      expect.objectContaining({ targetId: 't2' }),
    ]);
  });

  it('agent:run attaches its task, and says when another one was first', async () => {
    let attached = true;
    const dependencies = await serve(() => ({ body: { attached, run } }));
    const action = createAgentRunAction(dependencies);
    const first = contextOf(
      { runId: 'r1', attempt: 2 },
      { task: { id: 'task-1' } },
    );
    await action.handler(first as never);
    expect(backend!.requests[0]).toMatchObject({
      method: 'POST',
      path: '/runs/r1/attach',
      body: { attempt: 2, taskId: 'task-1' },
    });
    expect(first.output).toHaveBeenCalledWith('attached', true);
    attached = false;
    const second = contextOf(
      { runId: 'r1', attempt: 2 },
      { task: { id: 'task-2' } },
    );
    await action.handler(second as never);
    expect(second.output).toHaveBeenCalledWith('attached', false);
    expect(second.output).toHaveBeenCalledWith(
      'message',
      expect.stringContaining('Superseded'),
    );
  });

  it('agent:run attaches nothing in a dry run', async () => {
    const dependencies = await serve(() => ({ body: run }));
    const ctx = contextOf({ runId: 'r1', attempt: 2 }, { isDryRun: true });
    await createAgentRunAction(dependencies).handler(ctx as never);
    expect(backend!.requests.map(each => each.method)).toEqual(['GET']);
    expect(ctx.output).toHaveBeenCalledWith('attached', false);
  });
});
