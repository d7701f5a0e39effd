import { eachDatabase } from '../testing/eachDatabase';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { createStores } from './createStores';
import { ChangeRecord } from './records';
import { Page, PageRequest } from './stores';

async function readAll<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ cursor, limit });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return items;
}

const aChange: Omit<ChangeRecord, 'number'> = {
  id: 'change-1',
  targetId: 'target-1',
  runId: 'run-1',
  digest: 'd1',
  baseCommit: 'a'.repeat(40),
  patch: 'cGF0Y2g=',
  files: [{ path: 'a.sql', baseBlob: 'b'.repeat(40), added: 1, removed: 1 }],
  uses: [],
  findings: [],
  evidence: [],
  mappingVersion: 1,
  createdAt: 1_000,
};

eachDatabase((_, database) => {
  async function stores() {
    const made = createStores(await database.create(), () => 5_000);
    await made.migrations.create(aMigration(), aPlan());
    return made;
  }

  it('keeps text with characters that a database may not take', async () => {
    const { migrations, targets } = await stores();
    const text = 'kind: \0\n';
    await migrations.addPlan(aPlan({ version: 2, text }));
    const plan = await migrations.getPlan('migration-1');
    expect(plan.text).toBe('kind: \uFFFD\n');
    const [target] = await targets.insertDiscovered([aTarget()]);
    const updated = await targets.update(target, { message: 'a\0b' });
    expect((await targets.get(target.id)).message).toBe('a\uFFFDb');
    expect(updated.message).toBe('a\uFFFDb');
  });

  it('takes one migration of a dataset at a time, and one plan of a version', async () => {
    const { migrations } = await stores();
    const second = () =>
      migrations.create(
        aMigration({ id: 'migration-2' }),
        aPlan({ migrationId: 'migration-2' }),
      );
    const conflict = expect.objectContaining({ name: 'ConflictError' });
    await expect(second()).rejects.toThrow(conflict);
    await expect(migrations.get('migration-2')).rejects.toThrow('no migration');
    await expect(migrations.addPlan(aPlan())).rejects.toThrow(conflict);
    const end = { state: 'ended', outcome: 'done' };
    await migrations.changeState('migration-1', 'active', end);
    await second();
    await expect(
      migrations.changeState('migration-1', 'ended', { state: 'active' }),
    ).rejects.toThrow(conflict);
  });

  it('keeps a migration with its plans and changes its state once', async () => {
    const { migrations } = await stores();
    expect(await migrations.get('migration-1')).toEqual(aMigration());
    expect(await migrations.getPlan('migration-1')).toEqual(aPlan());
    const moved = await Promise.all(
      ['halted', 'paused'].map(state =>
        migrations.changeState('migration-1', 'active', { state, reason: 'x' }),
      ),
    );
    expect(moved.filter(Boolean)).toHaveLength(1);
    const second = aPlan({ version: 2, url: 'https://forge.example/plan' });
    await migrations.addPlan(second);
    expect(await migrations.getPlan('migration-1')).toEqual(second);
    expect(await migrations.getPlan('migration-1', 1)).toEqual(aPlan());
    expect((await migrations.get('migration-1')).planVersion).toBe(2);
    await expect(migrations.addPlan(second)).rejects.toThrow();
  });

  it('says what it does not know', async () => {
    const made = await stores();
    await expect(made.migrations.get('x')).rejects.toThrow('no migration x');
    await expect(made.migrations.getPlan('migration-1', 9)).rejects.toThrow(
      'no plan version 9',
    );
    await expect(made.targets.get('x')).rejects.toThrow('no target x');
    await expect(made.changes.get('x')).rejects.toThrow('no change x');
    await expect(made.runs.get('x')).rejects.toThrow('no run x');
    await expect(made.campaigns.get('x')).rejects.toThrow('no campaign x');
  });

  it('pages by key: newest first, none twice, none lost', async () => {
    const { migrations } = await stores();
    for (let index = 2; index <= 7; index += 1) {
      const id = `migration-${index}`;
      await migrations.create(
        // Several of one time, so that the id has to decide.
        aMigration({
          id,
          dataset: `resource:default/${id}`,
          createdAt: 1_000 + Math.floor(index / 3),
        }),
        aPlan({ migrationId: id }),
      );
    }
    const all = await readAll(page => migrations.list({}, page), 2);
    expect(all.map(each => each.id)).toEqual([
      'migration-7',
      'migration-6',
      'migration-5',
      'migration-4',
      'migration-3',
      'migration-2',
      'migration-1',
    ]);
    const first = await migrations.list({ state: ['active'] }, { limit: 3 });
    expect(first.totalItems).toBe(7);
    await expect(migrations.list({}, { cursor: 'x' })).rejects.toThrow(
      'cursor',
    );
  });

  it('inserts a target once, however often it is discovered', async () => {
    const { targets } = await stores();
    const many = Array.from({ length: 250 }, (_each, index) =>
      aTarget({ id: `target-${index}` }),
    );
    expect(await targets.insertDiscovered(many)).toHaveLength(250);
    const again = many.map(each => ({ ...each, id: `again-${each.id}` }));
    const added = aTarget({ id: 'other', paths: ['b/**'] });
    expect(await targets.insertDiscovered([...again, added])).toEqual([added]);
    const walked: string[] = [];
    for await (const batch of targets.iterate({ migrationId: 'migration-1' })) {
      walked.push(...batch.map(each => each.id));
    }
    expect(new Set(walked).size).toBe(251);
    expect(walked).toHaveLength(251);
    const listed = await readAll(
      page => targets.list({ migrationId: 'migration-1' }, page),
      100,
    );
    expect(new Set(listed.map(each => each.id)).size).toBe(251);
  });

  it('knows a repository and its pull requests in any case of its name', async () => {
    const { targets } = await stores();
    const repository = 'Forge.example/Acme/Reports';
    const [target] = await targets.insertDiscovered([
      aTarget({ repository, paths: ['b', 'a'] }),
    ]);
    const again = aTarget({
      id: 'target-2',
      consumer: target.consumer,
      repository: 'forge.example/acme/reports',
      paths: ['a', 'b'],
    });
    expect(await targets.insertDiscovered([again])).toEqual([]);
    expect(await targets.findDiscovered(again)).toEqual(target);
    expect(
      await targets.findDiscovered({ ...again, paths: ['a'] }),
    ).toBeUndefined();
    const pullRequest = {
      number: 7,
      url: 'https://forge.example/7',
      state: 'open' as const,
      headCommit: 'a'.repeat(40),
    };
    const open = await targets.update(target, { pullRequest });
    for (const name of [repository, repository.toUpperCase()]) {
      expect(await targets.findByPullRequest(name, 7)).toEqual(open);
    }
    expect(
      await targets.findByPullRequest('forge.example/acme/other', 7),
    ).toBeUndefined();
  });

  it('filters targets and counts them', async () => {
    const { targets } = await stores();
    await targets.insertDiscovered([
      aTarget({ id: 'a', state: 'ended', outcome: 'migrated' }),
      aTarget({ id: 'b', state: 'open', blocked: 'checks-failing' }),
      aTarget({ id: 'c', state: 'open', owner: 'group:default/50%_off' }),
    ]);
    const ids = async (filter: object) =>
      (await targets.list(filter, {})).items.map(each => each.id);
    expect(await ids({ state: ['open'] })).toEqual(['b', 'c']);
    expect(await ids({ state: ['open'], blocked: ['checks-failing'] })).toEqual(
      ['b'],
    );
    expect(await ids({ text: 'ACME/A' })).toEqual(['a']);
    expect(await ids({ text: '0%_' })).toEqual(['c']);
    expect(await ids({ text: '%' })).toEqual(['c']);
    const counts = await targets.count('migration-1');
    expect(counts).toHaveLength(3);
    expect(counts).toContainEqual({
      state: 'ended',
      outcome: 'migrated',
      count: 1,
    });
    expect(counts).toContainEqual({ state: 'open', count: 1 });
  });

  it('writes a target only where nobody else did meanwhile', async () => {
    const { targets } = await stores();
    const [target] = await targets.insertDiscovered([aTarget()]);
    const pullRequest = {
      number: 7,
      url: 'https://forge.example/acme/target-1/pull/7',
      state: 'open' as const,
      headCommit: 'c'.repeat(40),
    };
    const updated = await targets.update(target, {
      state: 'open',
      pullRequest,
      blocked: 'checks-pending',
    });
    expect(updated).toMatchObject({
      version: 2,
      pullRequest,
      updatedAt: 5_000,
    });
    expect(await targets.get('target-1')).toEqual(updated);
    await expect(targets.update(target, { state: 'ended' })).rejects.toThrow(
      'meanwhile',
    );
    const cleared = await targets.update(updated, { blocked: undefined });
    expect(cleared.blocked).toBeUndefined();
    expect((await targets.get('target-1')).blocked).toBeUndefined();
    const repository = target.repository!;
    expect(await targets.findByPullRequest(repository, 7)).toEqual(cleared);
    expect(await targets.findByPullRequest(repository, 8)).toBeUndefined();
  });

  it('numbers changes, and keeps the approval that was not voided', async () => {
    const { targets, changes } = await stores();
    await targets.insertDiscovered([aTarget()]);
    const added = await Promise.all(
      ['1', '2', '3'].map(id =>
        changes.add({ ...aChange, id: `change-${id}` }),
      ),
    );
    expect(added.map(each => each.number).sort()).toEqual([1, 2, 3]);
    const again = await changes.add(aChange);
    expect(again.number).toBe(
      added.find(each => each.id === 'change-1')?.number,
    );
    expect(await changes.listForTarget('target-1')).toHaveLength(3);
    await changes.approve({
      id: 'approval-1',
      targetId: 'target-1',
      changeId: 'change-1',
      digest: 'd1',
      decidedBy: 'user:default/ada',
      decidedAt: 2_000,
    });
    expect((await changes.currentApproval('target-1'))?.digest).toBe('d1');
    expect(await changes.voidApprovals('target-1', 'The base moved.')).toBe(1);
    expect(await changes.currentApproval('target-1')).toBeUndefined();
    expect(await changes.voidApprovals('target-1', 'again')).toBe(0);
  });

  it('keeps activity in the order it happened', async () => {
    const { activity } = await stores();
    for (let index = 1; index <= 5; index += 1) {
      await activity.record({
        migrationId: 'migration-1',
        actor: 'system',
        kind: 'x',
        message: `${index}`,
        ...(index === 3 && { targetId: 'target-1' }),
      });
    }
    const all = await readAll(
      page => activity.list({ migrationId: 'migration-1' }, page),
      2,
    );
    expect(all.map(each => each.message)).toEqual(['5', '4', '3', '2', '1']);
    const ofTarget = await activity.list({ targetId: 'target-1' }, {});
    expect(ofTarget.items.map(each => each.message)).toEqual(['3']);
    expect(ofTarget.items[0].at).toBe(5_000);
  });

  it('knows what is new among the pending', async () => {
    const { pending } = await stores();
    const found = {
      dataset: 'resource:default/a',
      currentVersion: '1',
      targetVersion: '2',
      source: 'catalog',
      firstSeenAt: 1_000,
      lastSeenAt: 1_000,
    };
    expect(await pending.upsert(found)).toEqual({ isNew: true });
    await pending.upsert({ ...found, migrationId: 'migration-1' });
    const later = { ...found, firstSeenAt: 2_000, lastSeenAt: 2_000 };
    expect(await pending.upsert(later)).toEqual({ isNew: false });
    expect(await pending.list()).toEqual([
      { ...found, lastSeenAt: 2_000, migrationId: 'migration-1' },
    ]);
    expect(await pending.removeNotSeenSince(2_000)).toBe(0);
    expect(await pending.removeNotSeenSince(2_001)).toBe(1);
  });

  it('keeps campaigns', async () => {
    const { campaigns } = await stores();
    const campaign = {
      id: 'campaign-1',
      name: 'all',
      title: 'All',
      state: 'active',
      createdBy: 'user:default/ada',
      createdAt: 1_000,
      updatedAt: 1_000,
      datasets: ['resource:default/a'],
    };
    await campaigns.create(campaign);
    expect(await campaigns.get('campaign-1')).toEqual(campaign);
    expect(
      await campaigns.changeState('campaign-1', 'paused', { state: 'ended' }),
    ).toBe(false);
    expect(
      await campaigns.changeState('campaign-1', 'active', { state: 'paused' }),
    ).toBe(true);
    expect((await campaigns.list({})).items[0].state).toBe('paused');
  });
});
