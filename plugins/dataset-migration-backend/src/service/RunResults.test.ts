import { mockServices } from '@backstage/backend-test-utils';
import { Finding, RunResult } from 'backstage-plugin-dataset-migration-common';
import { RunRecord, TargetRecord } from '../database/records';
import { aJob } from '../testing/aJob';
import { aMigration, aPlan, aTarget } from '../testing/records';
import { sqliteStores } from '../testing/sqliteStores';
import { RunResults } from './RunResults';
import { TargetService } from './TargetService';

const QUESTION: Finding = {
  reason: 'FIELD_ASKS',
  severity: 'warning',
  route: 'question',
  message: 'Which score?',
  field: 'score',
  question: { text: 'Which score do you need?', options: [] },
};
const REFUSAL: Finding = {
  reason: 'SQL_USING_RENAMED',
  severity: 'error',
  route: 'person',
  message: 'Joined with USING.',
};
const USE = {
  place: { path: 'models/a.sql', line: 3, column: 1 },
  context: 'table',
  route: 'codemod' as const,
  snippet: 'a',
};
const CHANGE = {
  patch: 'cGF0Y2g=',
  files: [
    { path: 'models/a.sql', baseBlob: 'b'.repeat(40), added: 1, removed: 1 },
  ],
};

describe('RunResults', () => {
  const database = sqliteStores();

  async function bench(
    changes: Partial<TargetRecord> = {},
    kind: RunRecord['kind'] = 'simulate',
  ) {
    const stores = await database.create();
    await stores.migrations.create(
      aMigration(),
      aPlan({ mapping: aJob().mapping }),
    );
    const [target] = await stores.targets.insertDiscovered([
      aTarget({ state: 'simulating', ...changes }),
    ]);
    const run = await stores.runs.enqueue({
      id: 'run-1',
      targetId: target.id,
      migrationId: 'migration-1',
      kind,
      maxAttempts: 1,
    });
    const results = new RunResults({
      stores,
      targets: new TargetService({
        stores,
        events: mockServices.events.mock(),
        logger: mockServices.logger.mock(),
      }),
    });
    const handle = async (result: Partial<RunResult>) => {
      await results.handle(run, await stores.targets.get(target.id), {
        apiVersion: 'dataset-migration/v1alpha1',
        kind: 'RunResult',
        outcome: 'changed',
        uses: [],
        findings: [],
        evidence: [],
        ...result,
      });
      return stores.targets.get(target.id);
    };
    return { stores, handle };
  }

  it.each<[string, Partial<TargetRecord>, Partial<RunResult>, object]>([
    [
      'a change to review',
      {},
      { change: CHANGE, uses: [USE], rung: 'compiles' },
      {
        state: 'simulated',
        blocked: 'review',
        rung: 'compiles',
        framework: 'dbt',
      },
    ],
    [
      'a change of code that nobody owns',
      { owner: undefined },
      { change: CHANGE },
      { state: 'simulated', blocked: 'no-owner' },
    ],
    [
      'open questions',
      {},
      { outcome: 'questions', findings: [QUESTION] },
      {
        state: 'simulated',
        blocked: 'question',
        message: 'Which score do you need?',
      },
    ],
    [
      'nothing to change',
      {},
      { outcome: 'not-affected' },
      { state: 'ended', outcome: 'not-affected' },
    ],
    [
      'work for a person',
      {},
      { outcome: 'needs-person', findings: [QUESTION, REFUSAL] },
      {
        state: 'ended',
        outcome: 'handed-over',
        reason: 'SQL_USING_RENAMED',
        message: 'Joined with USING.',
      },
    ],
    [
      'a failure',
      {},
      {
        outcome: 'failed',
        failure: {
          signature: 'TOO_BIG',
          message: 'Too big.',
          retryable: false,
        },
      },
      {
        state: 'ended',
        outcome: 'failed',
        reason: 'TOO_BIG',
        message: 'Too big.',
      },
    ],
  ])('takes %s', async (_, target, result, expected) => {
    const { handle } = await bench(target);
    expect(await handle(result)).toMatchObject(expected);
  });

  it('shows the verdict of the equivalence verifier, not of others', async () => {
    const { handle } = await bench();
    const evidence = (
      rung: 'parses' | 'equivalent',
      verdict: 'passed' | 'failed',
    ) => ({
      verifier: rung,
      rung,
      verdict,
      summary: '',
      paths: [],
    });
    const after = await handle({
      change: CHANGE,
      evidence: [
        evidence('parses', 'passed'),
        evidence('equivalent', 'failed'),
      ],
    });
    expect(after.proof).toBe('failed');
  });

  it('keeps one change of a result that comes again', async () => {
    const { handle, stores } = await bench();
    const first = await handle({ change: CHANGE });
    expect(await handle({ change: CHANGE })).toEqual(first);
    // As after a crash between the change and the step.
    await stores.targets.update(first, { state: 'simulating' });
    await handle({ change: CHANGE });
    expect(await stores.changes.listForTarget('target-1')).toHaveLength(1);
  });

  it('voids the approval of what is made again', async () => {
    const { handle, stores } = await bench();
    const { changeId = '' } = await handle({ change: CHANGE });
    const change = await stores.changes.get(changeId);
    await stores.changes.approve({
      id: 'approval-1',
      targetId: 'target-1',
      changeId,
      digest: change.digest,
      decidedBy: 'user:default/olga',
      decidedAt: 1_000,
    });
    const target = await stores.targets.get('target-1');
    await stores.targets.update(target, { state: 'simulating' });
    await handle({ change: CHANGE });
    expect(await stores.changes.currentApproval('target-1')).toBeUndefined();
  });

  it.each<[string, Partial<RunResult>, object]>([
    ['is done', {}, { state: 'ended', outcome: 'migrated' }],
    [
      'starts over',
      { uses: [USE] },
      {
        state: 'pending',
        reason: 'READS_LEFT',
        message: 'Still reads the old version at models/a.sql:3.',
      },
    ],
    ['waits', { outcome: 'failed' }, { state: 'merged' }],
  ])('%s after a rescan', async (_, result, expected) => {
    const { handle } = await bench({ state: 'merged' }, 'rescan');
    const after = await handle({ outcome: 'not-affected', ...result });
    expect(after).toMatchObject(expected);
  });

  it('leaves a target alone that moved on meanwhile', async () => {
    for (const outcome of ['changed', 'failed', 'not-affected'] as const) {
      const { handle, stores } = await bench({
        state: 'ended',
        outcome: 'cancelled',
      });
      expect(await handle({ outcome, change: CHANGE })).toMatchObject({
        state: 'ended',
        outcome: 'cancelled',
      });
      expect(await stores.changes.listForTarget('target-1')).toEqual([]);
    }
  });
});
