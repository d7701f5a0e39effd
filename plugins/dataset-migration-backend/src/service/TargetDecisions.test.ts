import { mockServices } from '@backstage/backend-test-utils';
import { Finding } from 'backstage-plugin-dataset-migration-common';
import { ChangeRecord, TargetRecord } from '../database/records';
import { aJob } from '../testing/aJob';
import { PAGE_VIEWS_PLAN } from '../testing/pageViews';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { RunPlanner } from './RunPlanner';
import { TargetAction, TargetDecisions } from './TargetDecisions';
import { TargetService } from './TargetService';

const ADA = 'user:default/ada';
const OLGA = 'user:default/olga';
const QUESTION: Finding = {
  reason: 'FIELD_ASKS',
  severity: 'warning',
  route: 'question',
  message: 'Which score?',
  field: 'score',
  question: {
    text: 'Which score?',
    options: [{ label: 'Quality', is: 'quality_score' }],
  },
};

describe('TargetDecisions', () => {
  const database = sqliteStores();

  async function bench(
    options: {
      change?: Partial<ChangeRecord>;
      target?: Partial<TargetRecord>;
      plan?: string;
    } = {},
  ) {
    const stores = await database.create();
    const migration = aMigration({ startedBy: ADA });
    const text = options.plan ?? PAGE_VIEWS_PLAN;
    await stores.migrations.create(
      migration,
      aPlan({ text, mapping: aJob().mapping }),
    );
    const [inserted] = await stores.targets.insertDiscovered([
      aTarget({ state: 'simulated', blocked: 'review', ...options.target }),
    ]);
    const planner = new RunPlanner(stores);
    await stores.runs.enqueue({
      id: 'run-1',
      targetId: inserted.id,
      migrationId: migration.id,
      kind: 'simulate',
      maxAttempts: 1,
    });
    await stores.runs.cancelForTarget(inserted.id);
    const change = await stores.changes.add({
      id: 'change-1',
      targetId: inserted.id,
      runId: 'run-1',
      digest: 'd'.repeat(64),
      baseCommit: 'a'.repeat(40),
      patch: 'cGF0Y2g=',
      files: [],
      uses: [],
      findings: [],
      evidence: [],
      mappingVersion: 1,
      createdAt: 1_000,
      ...options.change,
    });
    const target = await stores.targets.update(inserted, {
      changeId: change.id,
    });
    const targets = new TargetService({
      stores,
      events: mockServices.events.mock(),
      logger: mockServices.logger.mock(),
    });
    const decisions = new TargetDecisions({ stores, targets, planner });
    const decide = async (action: TargetAction, body: object, actor = OLGA) =>
      decisions.decide(
        await stores.targets.get(target.id),
        migration,
        action,
        body,
        actor,
      );
    const approval = () => stores.changes.currentApproval(target.id);
    return { stores, target, change, decisions, decide, approval, migration };
  }

  it('approves the change that was looked at', async () => {
    const { decide, change, approval } = await bench();
    const approved = await decide('approve', { digest: change.digest });
    expect(approved).toMatchObject({ state: 'approved', blocked: 'wave' });
    expect(await approval()).toMatchObject({
      decidedBy: OLGA,
      digest: change.digest,
    });
  });

  it.each<[string, Parameters<typeof bench>[0], string, RegExp]>([
    ['another digest', {}, 'other', /Look at it again/],
    ['no owner', { target: { owner: undefined } }, '', /owns this code/],
    ['no patch', { change: { patch: '' } }, '', /no change to approve/],
    [
      'an open question',
      { change: { findings: [QUESTION] } },
      '',
      /open questions/,
    ],
    [
      'failed evidence',
      {
        change: {
          evidence: [
            { verifier: 'x', verdict: 'failed', summary: 'No.', paths: [] },
          ],
        },
      },
      '',
      /verifier failed/,
    ],
  ])('approves nothing with %s', async (_, options, digest, message) => {
    const { decide, change, approval, stores, target } = await bench(options);
    await expect(
      decide('approve', { digest: digest || change.digest }),
    ).rejects.toThrow(message);
    expect(await approval()).toBeUndefined();
    expect((await stores.targets.get(target.id)).state).toBe('simulated');
  });

  it('wants four eyes: neither who started it nor who shaped it', async () => {
    const { decide, change, stores } = await bench();
    const { digest } = change;
    await expect(decide('approve', { digest }, ADA)).rejects.toThrow(
      expect.objectContaining({ name: 'NotAllowedError' }),
    );
    await decide('ask-for-changes', { note: 'Keep the alias.' }, OLGA);
    const simulating = await stores.targets.get('target-1');
    expect(simulating).toMatchObject({
      state: 'simulating',
      note: 'Keep the alias.',
    });
    await stores.targets.update(simulating, { state: 'simulated' });
    await expect(decide('approve', { digest }, OLGA)).rejects.toThrow(
      /four eyes/,
    );
    const third = await decide('approve', { digest }, 'user:default/eva');
    expect(third.state).toBe('approved');
  });

  it('lets the same person approve where the plan says so', async () => {
    const { decide, change } = await bench({
      plan: `${PAGE_VIEWS_PLAN}  approval: { by: owner, fourEyes: false }\n`,
    });
    const approved = await decide('approve', { digest: change.digest }, ADA);
    expect(approved.state).toBe('approved');
  });

  it('takes answers that were offered, and starts over with them', async () => {
    const { decide, stores } = await bench({
      change: { findings: [QUESTION] },
      target: { blocked: 'question' },
    });
    const answer = (is: string, field = 'score') => ({
      answers: [{ field, answer: { kind: 'expression', is } }],
    });
    await expect(decide('answer', answer('1; DROP'))).rejects.toThrow(
      /not one of the options/,
    );
    await expect(
      decide('answer', answer('quality_score', 'other')),
    ).rejects.toThrow(/Nobody asked/);
    await expect(decide('answer', { answers: [] })).rejects.toThrow(
      /at least one answer/,
    );
    const answered = await decide('answer', answer('quality_score'));
    expect(answered.state).toBe('simulating');
    expect(answered.answers).toEqual(answer('quality_score').answers);
    expect(
      (await stores.runs.listForTarget('target-1')).map(each => each.state),
    ).toContain('queued');
  });

  it('skips only with a reason, and knows its actions', async () => {
    const { decide } = await bench();
    await expect(decide('skip', { reason: ' ' })).rejects.toThrow(/why/);
    await expect(decide('ask-for-changes', {})).rejects.toThrow(/note/);
    expect(await decide('skip', { reason: 'Gone soon.' })).toMatchObject({
      state: 'ended',
      outcome: 'skipped',
      message: 'Gone soon.',
    });
    expect((await decide('retry', {})).state).toBe('pending');
    expect(() => TargetDecisions.parse('merge')).toThrow(/not an action/);
  });

  it('leaves no open pull request behind a skipped target', async () => {
    const { decide } = await bench({
      target: {
        pullRequest: {
          number: 7,
          url: 'https://github.com/acme/shop/pull/7',
          headCommit: 'a'.repeat(40),
          state: 'open',
        },
      },
    });
    await expect(decide('skip', { reason: 'Gone soon.' })).rejects.toThrow(
      /roll the target back instead/,
    );
    expect((await decide('roll-back', {})).state).toBe('reverting');
  });
});
