import { git } from '../rollout/__testUtils__/git';
import {
  NEW_SQL,
  RolloutHarness,
} from '../rollout/__testUtils__/RolloutHarness';
import { branchName } from '../rollout/branchNames';
import { GITHUB_LIMITS } from '../domain/forgeBudget';
import { eachDatabase } from '../testing/eachDatabase';
import { aJob } from '../testing/aJob';
import { PAGE_VIEWS_PLAN } from '../testing/pageViews';
import { aMigration, aPlan } from '../testing/records';
import { RolloutBench } from './__testUtils__/RolloutBench';

jest.setTimeout(60_000);

eachDatabase((_, database) => {
  let forge: RolloutHarness;
  let bench: RolloutBench;
  let branch: string;

  beforeEach(async () => {
    forge = await RolloutHarness.create();
    bench = new RolloutBench(forge, await database.create());
    branch = branchName(aMigration(), await bench.approve());
  });
  afterEach(() => forge.close());

  const push = () => {
    git(forge.repository.gitDir, 'branch', branch, 'main');
    return forge.push(branch, { 'sql/report.sql': `${NEW_SQL}-- mine\n` });
  };
  const tip = () => git(forge.repository.gitDir, 'rev-parse', branch);

  it.each(['paused', 'halted'])('opens nothing while it is %s', async state => {
    await bench.targets.apply(await bench.target(), 'wave-opens');
    await bench.planner.ensureAll(bench.signal);
    await bench.stores.migrations.changeState(aMigration().id, 'active', {
      state,
    });
    expect((await bench.pump()).state).toBe('publishing');
    expect(await forge.pullRequests()).toEqual([]);
    const [run] = await bench.stores.runs.listForTarget(
      bench.forge.target().id,
    );
    // It costs no attempt, however long the decision takes.
    expect(run).toMatchObject({ state: 'queued', kind: 'publish' });
    expect(run.maxAttempts - run.attempt).toBeGreaterThanOrEqual(2);
  });

  it('waits where the hour has passed before its turn came', async () => {
    const inHours = (hours: number) => {
      const hour = new Date(Date.now() + hours * 3_600_000).getUTCHours();
      return `'${String(hour).padStart(2, '0')}:00'`;
    };
    await bench.stores.migrations.addPlan(
      aPlan({
        version: 2,
        text: `${PAGE_VIEWS_PLAN}  rollout: { windows: [{ from: ${inHours(
          2,
        )}, to: ${inHours(3)} }] }\n`,
        mapping: aJob().mapping,
      }),
    );
    const target = await bench.publish();
    expect(target).toMatchObject({
      state: 'publishing',
      blocked: 'window',
      reason: 'OUTSIDE_WINDOW',
    });
    expect(await forge.pullRequests()).toEqual([]);
    const [run] = await bench.stores.runs.listForTarget(target.id);
    expect(run.state).toBe('queued');
    // The run starts when the window does, give or take what it took to say so.
    expect(Math.abs(run.availableAt - target.retryAt!)).toBeLessThan(10_000);
  });

  it("follows the pull request of people who committed to the change's branch", async () => {
    const theirs = await push();
    await forge.rest('POST', '/pulls', {
      title: 'I was first',
      head: branch,
      base: 'main',
    });

    const target = await bench.publish();
    expect(target).toMatchObject({
      state: 'open',
      blocked: 'edited-by-people',
      reason: 'EDITED_BY_PEOPLE',
      branch,
      pullRequest: { state: 'open', headCommit: theirs },
    });
    expect(tip()).toBe(theirs);
    expect(await forge.pullRequests()).toMatchObject([
      { title: 'I was first' },
    ]);

    // And from then on as any other: what they merge is what counts.
    const { number } = target.pullRequest!;
    const backend = forge.backend({
      stores: bench.stores,
      events: bench.targets,
    });
    await backend.follower.follow(target, forge.signal);
    expect(await bench.target()).toEqual(target);
    await forge.rest('PUT', `/pulls/${number}/merge`, {});
    await backend.follower.follow(target, forge.signal);
    expect((await bench.target()).state).toBe('merged');
  });

  it('takes back the open pull request of a change that is being made again', async () => {
    const open = await bench.publish();
    const { number } = open.pullRequest!;
    const again = await bench.targets.apply(open, 'conflict');
    expect(again.state).toBe('simulating');

    await bench.targets.apply(again, 'roll-back');
    expect(await bench.pump()).toMatchObject({
      state: 'ended',
      outcome: 'rolled-back',
    });
    expect(await forge.pullRequests()).toMatchObject([
      { number, state: 'closed' },
    ]);
    expect(
      git(forge.repository.gitDir, 'branch', '--list', 'dataset-migration/*'),
    ).toBe('');
  });

  it('takes back what was merged although reads were left', async () => {
    const open = await bench.publish();
    const { number } = open.pullRequest!;
    await forge.rest('PUT', `/pulls/${number}/merge`, {});
    const backend = forge.backend({
      stores: bench.stores,
      events: bench.targets,
    });
    await backend.follower.follow(open, forge.signal);
    const pending = await bench.targets.apply(
      await bench.target(),
      'rescan-found',
    );
    expect(pending.state).toBe('pending');

    await bench.targets.apply(pending, 'roll-back');
    expect(await bench.pump()).toMatchObject({
      state: 'reverting',
      revert: { state: 'open' },
    });
    // A cancel leaves what is merged where it is.
    const other = { ...pending, version: (await bench.target()).version };
    expect(await bench.targets.apply(other, 'cancel')).toMatchObject({
      outcome: 'cancelled',
    });
  });

  it('comes back when the forge allows it, at no attempt', async () => {
    const { stores } = bench;
    const identity = forge.forge.host;
    const now = Date.now();
    const asked = await stores.forge.reserve({
      identity,
      cost: { points: 1, content: false, search: false },
      limits: GITHUB_LIMITS,
      now,
      expiresAt: now + 1_000,
    });
    const retryAt = now + 3_600_000;
    await stores.forge.settle({
      identity,
      id: 'id' in asked ? asked.id : '',
      answer: { refused: true, retryAt },
      now,
    });
    const target = await bench.publish();
    expect(target.state).toBe('publishing');
    const [run] = await stores.runs.listForTarget(target.id);
    expect(run).toMatchObject({
      state: 'queued',
      availableAt: retryAt,
      failure: { signature: 'FORGE_BUDGET' },
    });
    expect(run.maxAttempts - run.attempt).toBe(2);
  });

  it('tries nothing again that the forge refuses for good', async () => {
    await forge.forge.updateRepository({ name: 'consumer', archived: true });
    expect(await bench.publish()).toMatchObject({
      state: 'ended',
      outcome: 'failed',
      reason: 'REPOSITORY_ARCHIVED',
    });
  });

  it('hands over where people committed and opened nothing, and can be retried', async () => {
    const theirs = await push();

    const target = await bench.publish();
    expect(target).toMatchObject({
      state: 'ended',
      outcome: 'handed-over',
      reason: 'EDITED_BY_PEOPLE',
      message: expect.stringContaining(branch),
    });
    expect(tip()).toBe(theirs);
    expect(await forge.pullRequests()).toEqual([]);
    expect((await bench.targets.apply(target, 'retry')).state).toBe('pending');
  });
});
