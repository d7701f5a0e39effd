import { Knex } from 'knex';
import { eachDatabase } from '../testing/eachDatabase';
import { HOUR, MINUTE, START, WaveBench } from './__testUtils__/WaveBench';

const SIX = [
  { criticality: 'high' as const },
  { criticality: 'low' as const },
  {},
  {},
  { criticality: 'critical' as const },
  { criticality: 'low' as const },
];
const WAVES = 'waves: [{ name: canary, share: 30% }, { share: 100% }]';

eachDatabase((_engine, database) => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await database.create();
  });

  it('opens the next wave by itself when enough is merged and soaked', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ ${WAVES}, proceed: { merged: 50% }, soak: PT4H }`,
      targets: SIX,
    });
    expect((await bench.rollout()).status.next).toMatchObject({
      wave: 1,
      ready: false,
      waitsFor: { for: 'start' },
    });
    // Nobody has published: nothing happens by itself.
    await bench.after(HOUR);
    expect(await bench.states()).not.toContain('publishing');

    await bench.start();
    // The least critical are the first.
    expect(await bench.states()).toBe(
      't1:approved t2:publishing t3:approved t4:approved t5:approved t6:publishing',
    );
    await bench.open('t2', 't6');
    await bench.after(MINUTE);
    expect((await bench.rollout()).status.next).toMatchObject({
      wave: 2,
      ready: false,
      message: 'next waits for 1 merge',
    });

    await bench.merge('t2');
    await bench.after(3 * HOUR);
    const soaking = (await bench.rollout()).status;
    expect(soaking.waves[0]).toMatchObject({
      name: 'canary',
      state: 'soaking',
      progress: {
        merged: 1,
        counted: 2,
        health: 'unknown',
        stragglers: ['t6'],
      },
    });
    expect(soaking.next).toMatchObject({
      opensAt: bench.now + HOUR,
      message: 'next opens in 1 h if healthy',
    });
    await bench.after(HOUR - 1);
    expect(await bench.states()).toContain('t1:approved');
    await bench.after(1);
    expect(await bench.states()).toBe(
      't1:publishing t2:merged t3:publishing t4:publishing t5:publishing t6:open',
    );
    expect((await bench.rollout()).status.next).toBeUndefined();
    expect(await bench.activity()).toEqual([
      'wave-opens: Wave 1 opens.',
      'wave-opens: Wave 2 opens: 1 of 2 of Wave 1 (canary) are merged and its health is unknown.',
    ]);
    expect(bench.parts.auditor.createEvent).toHaveBeenCalledTimes(1);
    expect(bench.parts.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({ eventId: 'rollout-wave-opens' }),
    );
  });

  it('publishes what is approved later, in open waves only', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ ${WAVES} }`,
      targets: SIX.map(each => ({ ...each, state: 'simulated' })),
    });
    await bench.start();
    await bench.apply(['t2', 't3'], 'approve');
    await bench.after(MINUTE);
    expect(await bench.states()).toBe(
      't1:simulated t2:publishing t3:approved/wave t4:simulated t5:simulated t6:simulated',
    );
  });

  it('acts once, however many replicas look at the same time', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ ${WAVES} }`,
      targets: SIX,
    });
    await bench.start();
    await bench.open('t2', 't6');
    await bench.merge('t2', 't6');
    bench.now += HOUR;
    const replicas = [bench.parts, ...[1, 2, 3].map(() => bench.replica())];
    await Promise.all(replicas.map(each => each.slice.run(bench.signal)));
    await bench.after(MINUTE);
    expect(
      (await bench.activity()).filter(each => /Wave 2/.test(each)),
    ).toHaveLength(1);
    const audits = replicas.map(
      each => each.auditor.createEvent.mock.calls.length,
    );
    expect(audits.reduce((a, b) => a + b)).toBe(1);
    const { items } = await bench.stores.activity.list({ targetId: 't1' }, {});
    expect(items.map(each => each.kind)).toEqual(['wave-opens']);
    expect(await bench.stores.runs.listForTarget('t1')).toHaveLength(1);
  });

  it('keeps to the hours of the owner, whose clock changes in between', async () => {
    const owner = (name: string, timezone?: string) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: {
        name,
        annotations: timezone
          ? { 'dataset-migration/timezone': timezone }
          : undefined,
      },
    });
    const bench = await WaveBench.create(knex, {
      rollout:
        "{ windows: [{ days: mon-fri, from: '09:00', to: '11:00', timezone: owner }] }",
      targets: [
        { owner: 'group:default/tokyo' },
        { owner: 'group:default/new-york' },
        { owner: 'group:default/nowhere' },
      ],
      owners: [
        owner('tokyo', 'Asia/Tokyo'),
        owner('new-york', 'America/New_York'),
        owner('nowhere', 'Mars/Base'),
      ],
    });
    // Friday, an hour after noon in UTC; New York changes its clock on Sunday.
    bench.now = Date.UTC(2026, 9, 30, 16);
    await bench.start();
    expect(await bench.states()).toBe(
      't1:approved/window t2:approved/window t3:approved/window',
    );
    const retryAt = async (id: string) =>
      (await bench.stores.targets.get(id)).retryAt;
    expect(await retryAt('t1')).toBe(Date.UTC(2026, 10, 2, 0));
    expect(await retryAt('t2')).toBe(Date.UTC(2026, 10, 2, 14));
    expect(await retryAt('t3')).toBe(Date.UTC(2026, 10, 2, 9));

    bench.now = Date.UTC(2026, 10, 2, 1, 59);
    await bench.after(0);
    expect(await bench.states()).toBe(
      't1:publishing t2:approved/window t3:approved/window',
    );
    bench.now = Date.UTC(2026, 10, 2, 13, 59);
    await bench.after(0);
    expect(await bench.states()).toMatch(/t2:approved\/window t3:approved/);
    await bench.after(MINUTE);
    expect(await bench.states()).toMatch(/t2:publishing t3:approved\/window/);
  });

  it('opens no wave outside the window, and says when', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ ${WAVES}, windows: [{ from: '10:00', to: '16:00' }] }`,
      targets: SIX,
    });
    await bench.start();
    await bench.open('t2', 't6');
    bench.now = START + 7 * HOUR;
    await bench.merge('t2', 't6');
    await bench.after(0);
    expect((await bench.rollout()).status.next).toMatchObject({
      ready: false,
      opensAt: START + 24 * HOUR,
      waitsFor: { for: 'window' },
      message: 'next opens in 17 h, when the window opens',
    });
    await bench.after(17 * HOUR);
    expect(await bench.states()).toContain('t1:publishing');
  });

  it('goes past a wave that has nothing to publish', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: '{ waves: [{ share: 50% }, { share: 100% }] }',
      targets: [{}, {}],
    });
    await bench.start();
    await bench.apply(['t1'], 'failed', { reason: 'NO_PERMISSION' });
    await bench.after(MINUTE);
    expect(await bench.states()).toBe('t1:failed t2:publishing');
    expect((await bench.activity()).at(-1)).toBe(
      'wave-opens: Wave 2 opens: Wave 1 had nothing to merge.',
    );
  });

  it('puts only what there is to publish into the pilot it proposes', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: '{ soak: PT1H }',
      targets: Array.from({ length: 12 }, (_, index) =>
        index < 4
          ? { state: 'ended', outcome: 'not-affected' }
          : { state: 'approved' },
      ),
    });
    await bench.start();
    const { status } = await bench.rollout();
    expect(status.proposed).toBe(true);
    expect(
      status.waves.map(each => [each.name, each.progress.counted]),
    ).toEqual([
      ['pilot', 5],
      ['all', 3],
    ]);
  });
});
