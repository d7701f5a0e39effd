import { Evidence } from 'backstage-plugin-dataset-migration-common';
import { Knex } from 'knex';
import { TargetRecord } from '../database/records';
import {
  NEW_SQL,
  RolloutHarness,
} from '../rollout/__testUtils__/RolloutHarness';
import { eachDatabase } from '../testing/eachDatabase';
import { RolloutBench } from './__testUtils__/RolloutBench';

jest.setTimeout(60_000);

const VERIFYING = { state: 'approved', blocked: 'verification' };

eachDatabase((_, database) => {
  let forge: RolloutHarness;
  let knex: Knex;
  let bench: RolloutBench;

  beforeEach(async () => {
    forge = await RolloutHarness.create();
    knex = await database.create();
    bench = new RolloutBench(forge, knex);
    await bench.approve();
  });
  afterEach(() => forge.close());

  /** Somebody works on files that the change does not touch. */
  const moveBase = () =>
    forge.push('main', { 'README.md': `Later ${Math.random()}\n` });
  const changes = async () =>
    bench.stores.changes.listForTarget((await bench.target()).id);
  const activity = async () => {
    const { items } = await bench.stores.activity.list(
      { migrationId: 'migration-1' },
      {},
    );
    return items.map(each => each.kind).reverse();
  };

  it('publishes at once where the base did not move', async () => {
    expect(await bench.publish()).toMatchObject({ state: 'open' });
    expect(bench.submitted).toEqual([]);
    expect(await activity()).toEqual(['wave-opens', 'opened']);
  });

  it('verifies the approved patch on the new base, then publishes by itself', async () => {
    const [approved] = await changes();
    const moved = await moveBase();

    expect(await bench.publish()).toMatchObject({
      ...VERIFYING,
      reason: 'BASE_MOVED',
    });
    expect(await forge.pullRequests()).toEqual([]);
    expect(bench.submitted.map(each => each.job)).toMatchObject([
      { run: { kind: 'verify' }, patch: approved.patch },
    ]);
    await bench.report();
    const open = await bench.pump();

    expect(open).toMatchObject({ state: 'open', rung: 'equivalent' });
    expect(await forge.pullRequests()).toHaveLength(1);
    const [verified] = await changes();
    expect(verified).toMatchObject({
      number: 2,
      digest: approved.digest,
      patch: approved.patch,
      baseCommit: moved,
    });
    expect(open.changeId).toBe(verified.id);
    expect(await bench.stores.changes.currentApproval(open.id)).toMatchObject({
      changeId: approved.id,
    });
    expect(forge.parentOf(open.branch ?? '')).toBe(moved);
    expect(await activity()).toEqual([
      'wave-opens',
      'base-moved',
      'verified',
      'opened',
    ]);
  });

  const evidence = (changed: Partial<Evidence>): Evidence[] => [
    {
      verifier: 'parses',
      rung: 'parses',
      verdict: 'passed',
      summary: 'It parses.',
      paths: [],
    },
    {
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'passed',
      summary: 'One row differs.',
      paths: [],
      ...changed,
    },
  ];

  it.each<[string, Parameters<RolloutBench['report']>[0], RegExp]>([
    [
      'a verifier fails',
      {
        evidence: evidence({ verdict: 'failed', reason: 'COUNTEREXAMPLE' }),
        rung: 'parses',
      },
      /equivalence failed: One row differs/,
    ],
    [
      'it is proved less far',
      { evidence: evidence({}), rung: 'parses' },
      /as far as "equivalent" before, now only "parses"/,
    ],
    [
      'what passed is not run any more',
      { evidence: evidence({ verdict: 'not-run', reason: 'EDITED_TEMPLATE' }) },
      /equivalence passed before, now it is not-run \(EDITED_TEMPLATE\)/,
    ],
    ['nothing is proved', { evidence: [], rung: undefined }, /unverified/],
  ])(
    'gives the change back to its owner where %s',
    async (_case, result, why) => {
      await moveBase();
      await bench.publish();
      await bench.report(result);

      const back = await bench.pump();
      expect(back).toMatchObject({
        state: 'simulated',
        blocked: 'review',
        reason: 'VERIFIED_WORSE',
        message: expect.stringMatching(why),
      });
      expect(
        await bench.stores.changes.currentApproval(back.id),
      ).toBeUndefined();
      const [worse] = await changes();
      expect(back.changeId).toBe(worse.id);
      expect(worse).toMatchObject({
        evidence: result?.evidence,
        findings: [
          { reason: 'VERIFIED_WORSE', message: expect.stringMatching(why) },
        ],
      });
      expect(await forge.pullRequests()).toEqual([]);
      expect((await activity()).at(-1)).toBe('verified-worse');
    },
  );

  it('gives the change back where it cannot be verified', async () => {
    await moveBase();
    await bench.publish();
    const failure = {
      signature: 'TIMEOUT',
      message: 'It took too long.',
      retryable: false,
    };
    await bench.report({ outcome: 'failed', failure });

    const back = await bench.target();
    expect(back).toMatchObject({
      state: 'simulated',
      reason: 'TIMEOUT',
      message: expect.stringContaining('It took too long.'),
    });
    expect(await bench.stores.changes.currentApproval(back.id)).toBeUndefined();
  });

  it('simulates again where the patch does not apply any more', async () => {
    await moveBase();
    await bench.publish();
    await forge.push('main', { 'sql/report.sql': 'SELECT 1\n' });
    const failure = {
      signature: 'PATCH_DOES_NOT_APPLY',
      message: 'No.',
      retryable: false,
    };
    await bench.report({ outcome: 'failed', failure });

    expect(await bench.target()).toMatchObject({
      state: 'simulating',
      reason: 'BASE_CHANGED',
    });
  });

  it('simulates again where the files of the change moved while it was verified', async () => {
    await moveBase();
    await bench.publish();
    const [{ patch, files }] = await changes();
    const moved = files.map(file => ({ ...file, baseBlob: 'f'.repeat(40) }));
    await bench.report({ change: { patch, files: moved } });

    expect(await bench.target()).toMatchObject({ state: 'simulating' });
    expect(await changes()).toHaveLength(1);
  });

  it('verifies again each time the base moves, and comes to an end', async () => {
    let verifications = 0;
    let target: TargetRecord | undefined;
    await moveBase();
    await bench.publish();
    while (verifications < 20) {
      await bench.report();
      verifications += 1;
      // Moves in the moment before each publish.
      await moveBase();
      target = await bench.pump();
      if (target.state === 'open') break;
      expect(target).toMatchObject(VERIFYING);
    }
    expect(verifications).toBe(5);
    expect(target?.state).toBe('open');
    const [verified] = await changes();
    expect(forge.parentOf(target?.branch ?? '')).toBe(verified.baseCommit);
    expect(verified.baseCommit).not.toBe(forge.head());
    expect(await forge.pullRequests()).toHaveLength(1);
  });

  it('goes on in another process, wherever the first was killed', async () => {
    await moveBase();
    await bench.publish();
    const [lost] = bench.submitted;
    const clock = { now: Date.now() + 120_000 };
    const second = new RolloutBench(forge, knex, () => clock.now);
    // Its lease has run out: another attempt of the same run, with another token.
    await second.pump();
    expect(second.submitted.map(each => each.job.run)).toMatchObject([
      { id: lost.job.run.id, kind: 'verify', attempt: 2 },
    ]);
    await expect(bench.report({}, lost)).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(await second.target()).toMatchObject(VERIFYING);

    await second.report();
    expect(await second.pump()).toMatchObject({ state: 'open' });
    expect(await changes()).toHaveLength(2);
    expect(await forge.pullRequests()).toHaveLength(1);
  });

  it('takes a result once that is delivered twice', async () => {
    await moveBase();
    await bench.publish();
    const apply = jest.spyOn(bench.targets, 'apply');
    apply.mockRejectedValueOnce(new Error('killed'));
    await bench.report({ evidence: evidence({}), rung: 'parses' });
    expect(await bench.target()).toMatchObject(VERIFYING);
    expect(await changes()).toHaveLength(2);

    const clock = { now: Date.now() + 20_000 };
    const second = new RolloutBench(forge, knex, () => clock.now);
    const back = await second.pump();
    expect(back).toMatchObject({
      state: 'simulated',
      reason: 'VERIFIED_WORSE',
    });
    expect(await changes()).toHaveLength(2);
  });

  it('publishes nothing once the migration is halted', async () => {
    await moveBase();
    await bench.publish();
    await bench.stores.migrations.changeState('migration-1', 'active', {
      state: 'halted',
    });
    await bench.report();
    expect(await bench.pump()).toMatchObject({
      state: 'approved',
      blocked: 'wave',
    });
    expect(await forge.pullRequests()).toEqual([]);
  });

  it('leaves alone what was cancelled meanwhile', async () => {
    await moveBase();
    const verifying = await bench.publish();
    await bench.targets.apply(verifying, 'cancel');
    await bench.report();
    expect(await bench.pump()).toMatchObject({
      state: 'ended',
      outcome: 'cancelled',
    });
    expect(await changes()).toHaveLength(1);
  });

  it('still simulates again where the files of the change moved', async () => {
    await forge.push('main', { 'sql/report.sql': `-- new\n${NEW_SQL}` });
    expect(await bench.publish()).toMatchObject({
      state: 'simulating',
      reason: 'BASE_CHANGED',
    });
  });
});
