import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DiscoveryService } from '../discovery/DiscoveryService';
import { MigrationActions } from '../service/MigrationActions';
import { MigrationSettler } from '../service/MigrationSettler';
import { eachDatabase } from '../testing/eachDatabase';
import { MINUTE, WaveBench } from './__testUtils__/WaveBench';

const FIVE = [{}, {}, {}, {}, {}];
const ALL = ['t1', 't2', 't3', 't4', 't5'];
const HALT = 'halt: { errorRate: 40%, atLeast: 3 }';
const failed = (onBase: 'passed' | 'failed', at: number) => ({
  facts: {
    checks: { at, result: 'failed' as const, onBase, failing: ['build'] },
  },
});

eachDatabase((_engine, database) => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await database.create();
  });

  /** All five are open, in one wave. */
  async function rolledOut(rollout: string): Promise<WaveBench> {
    const bench = await WaveBench.create(knex, { rollout, targets: FIVE });
    await bench.start();
    await bench.open(...ALL);
    return bench;
  }
  const actions = (bench: WaveBench) =>
    new MigrationActions({
      ...bench.parts,
      discovery: {} as unknown as DiscoveryService,
    });
  const resume = async (bench: WaveBench, options: object) =>
    actions(bench).act(await bench.migration(), 'resume', {
      actor: 'user:default/ada',
      signal: bench.signal,
      ...options,
    });

  it('halts above the threshold only, with enough results, once for all replicas', async () => {
    const bench = await rolledOut(`{ ${HALT} }`);
    await bench.apply(['t1', 't2'], 'unblock', failed('passed', bench.now));
    // Failing on the base too: not ours.
    await bench.apply(['t3'], 'unblock', failed('failed', bench.now));
    await bench.after(MINUTE);
    expect((await bench.rollout()).status.waves[0].errors).toMatchObject({
      why: 'too-few-results',
      known: 2,
      needed: 3,
    });
    await bench.merge('t3', 't4', 't5');
    // 2 of 5 is exactly the threshold.
    await bench.after(MINUTE);
    expect((await bench.migration()).state).toBe('active');

    await bench.apply(['t4'], 'roll-back');
    const replicas = [bench.parts, bench.replica(), bench.replica()];
    await Promise.all(replicas.map(each => each.slice.run(bench.signal)));
    expect(await bench.migration()).toMatchObject({
      state: 'halted',
      reason:
        'Wave 1 (all): 3 of 5 results are errors (60%, halts over 40%): 2 checks fail that passed on the base branch; 1 rolled back',
    });
    expect(
      (await bench.activity()).filter(each => each.startsWith('halt')),
    ).toHaveLength(1);
    const audits = replicas.flatMap(each =>
      each.auditor.createEvent.mock.calls.map(([call]) => call.eventId),
    );
    expect(audits).toEqual(['rollout-halt']);
    // onHalt: pause is the default.
    await bench.after(MINUTE);
    expect(await bench.states()).toBe(
      't1:open t2:open t3:merged t4:reverting t5:merged',
    );
  });

  it('counts what people called wrong and what could not be published', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ ${HALT} }`,
      targets: FIVE,
    });
    await bench.start();
    await bench.open('t1', 't2', 't3', 't4');
    const closed = (asWrong: boolean) => ({
      facts: { closed: { at: 0, asWrong } },
    });
    await bench.apply(['t1'], 'closed-by-people', closed(false));
    await bench.apply(['t2'], 'closed-by-people', closed(true));
    await bench.apply(['t5'], 'failed', { reason: 'NO_PERMISSION' });
    await bench.merge('t3');
    await bench.after(MINUTE);
    const { halt } = await bench.stores.rollouts.get('migration-1');
    expect(halt?.decision).toMatchObject({
      errors: 2,
      known: 3,
      kinds: { 'closed-as-wrong': 1, 'publishing-failed': 1 },
      failed: ['t2', 't5'],
    });
    expect((await bench.migration()).state).toBe('halted');
  });

  it('takes back everything, readers before their producers', async () => {
    const bench = await rolledOut(`{ ${HALT}, onHalt: rollback }`);
    const settler = new MigrationSettler({
      ...bench.parts,
      logger: mockServices.logger.mock(),
    });
    // t2 reads what t1 writes, by way of something that is no target.
    const ref = (name: string) => `component:default/${name}`;
    await bench.stores.rollouts.replaceLineage('migration-1', [
      { producer: ref('t1'), reader: 'resource:default/between' },
      { producer: 'resource:default/between', reader: ref('t2') },
    ]);
    await bench.merge('t1', 't2');
    await bench.apply(
      ['t3', 't4', 't5'],
      'unblock',
      failed('passed', bench.now),
    );
    await bench.after(MINUTE);
    expect((await bench.migration()).state).toBe('halted');
    // A crash here loses nothing: what is to be taken back is on record.
    bench.parts = bench.replica();
    await bench.after(MINUTE);
    expect((await bench.migration()).state).toBe('rolling-back');
    await settler.settleAll(bench.signal);
    expect(await bench.states()).toBe(
      't1:merged t2:reverting t3:reverting t4:reverting t5:reverting',
    );
    // Its reverse change is proposed: the producer need not wait until people merge it.
    await bench.apply(['t2'], 'unblock', {
      revert: {
        number: 9,
        url: 'https://forge.example/pull/9',
        state: 'open',
        headCommit: 'b'.repeat(40),
        branch: 'dataset-migration/revert',
      },
    });
    await settler.settleAll(bench.signal);
    expect(await bench.states()).toMatch(/^t1:reverting t2:reverting/);
    await bench.apply(ALL, 'reverted');
    await settler.settleAll(bench.signal);
    expect(await bench.migration()).toMatchObject({ outcome: 'rolled-back' });
  });

  it('takes back the wave only, and after a fix runs again only who failed alike', async () => {
    const bench = await WaveBench.create(knex, {
      rollout: `{ waves: [{ share: 60% }, { share: 100% }], ${HALT}, onHalt: rollback-wave }`,
      targets: FIVE.map((_, index) => ({
        criticality: index < 3 ? ('low' as const) : ('high' as const),
      })),
    });
    await bench.start();
    await bench.open('t1', 't2', 't3');
    await bench.apply(['t1', 't2'], 'unblock', failed('passed', bench.now));
    await bench.merge('t3');
    await bench.after(MINUTE);
    await bench.after(MINUTE);
    expect(await bench.states()).toBe(
      't1:reverting t2:reverting t3:reverting t4:approved t5:approved',
    );
    await bench.apply(['t1', 't2', 't3'], 'reverted');
    await bench.after(MINUTE);
    expect(await bench.migration()).toMatchObject({ state: 'halted' });

    await expect(
      resume(bench, { signatures: ['checks-failed'] }),
    ).rejects.toThrow('Say why it may go on');
    expect(
      await resume(bench, {
        reason: 'The mapping is corrected.',
        signatures: ['checks-failed'],
      }),
    ).toBe(2);
    expect(await bench.states()).toBe(
      't1:simulating t2:simulating t3:rolled-back t4:approved t5:approved',
    );
    // The errors are on record with the decision: it does not halt again by them.
    await bench.after(MINUTE);
    expect((await bench.migration()).state).toBe('active');
    expect((await bench.rollout()).status.waves[0].errors).toMatchObject({
      errors: 0,
    });
  });

  it('does not take back what a person decided to keep', async () => {
    const bench = await rolledOut(`{ ${HALT}, onHalt: rollback }`);
    await bench.merge('t1');
    await bench.apply(['t2', 't3'], 'unblock', failed('passed', bench.now));
    await bench.after(MINUTE);
    bench.now += 1;
    await resume(bench, { reason: 'The checks are flaky.' });
    await bench.after(MINUTE);
    expect((await bench.migration()).state).toBe('active');
    expect(await bench.states()).toBe(
      't1:merged t2:open t3:open t4:open t5:open',
    );
  });
});
