import { Api } from 'backstage-plugin-dataset-migration-common';
import { provedEvidence, refusedEvidence } from './proofExamples';
import { exampleUses } from './useExamples';

const TIME = 1_790_000_000_000;

export const EXAMPLE_DIFF = [
  '--- a/models/activity.sql',
  '+++ b/models/activity.sql',
  '@@ -10,4 +10,4 @@ from events',
  ' select user_id,',
  '-  country, count(*) as n',
  '+  country_code as country, count(*) as n',
  "-from {{ source('lake', 'user_activity') }}",
  "+from {{ source('lake', 'user_activity_v2') }}",
  ' group by 1, 2',
  '',
].join('\n');

export function exampleMigration(
  changes: Partial<Api.Migration> = {},
): Api.Migration {
  return {
    id: 'm1',
    name: 'user-activity-v2',
    title: 'User activity v1 → v2',
    dataset: 'resource:default/user-activity',
    state: 'active',
    deadline: '2027-03-31',
    planVersion: 1,
    planErrors: 0,
    createdBy: 'user:default/ada',
    createdAt: TIME,
    updatedAt: TIME,
    progress: {
      total: 120,
      phase: 'wave 2 of 3',
      counts: [
        { state: 'ended', outcome: 'migrated', count: 40 },
        { state: 'open', count: 20 },
        { state: 'simulated', blocked: 'review', count: 37 },
        { state: 'simulated', blocked: 'question', count: 3 },
        { state: 'approved', count: 20 },
      ],
    },
    nextStep: {
      action: 'publish',
      label: 'Publish wave 1',
      effect: 'Opens pull requests.',
    },
    ...changes,
  };
}

/** A migration of which everything waits to be published. */
export function approvedMigration(): Api.Migration {
  return exampleMigration({
    progress: {
      total: 37,
      phase: '37 approved',
      counts: [{ state: 'approved', count: 37 }],
    },
  });
}

const STATES: Partial<Api.Target>[] = [
  {
    state: 'simulated',
    blocked: 'review',
    rung: 'equivalent',
    proof: 'passed',
    digest: 'd1',
  },
  { state: 'simulated', blocked: 'question', digest: 'd2' },
  {
    state: 'open',
    rung: 'equivalent',
    proof: 'passed',
    pullRequest: {
      number: 12,
      url: 'http://forge.example/growth/reports/pull/12',
      state: 'open',
      headCommit: 'abc',
    },
  },
  { state: 'ended', outcome: 'migrated', rung: 'tested', proof: 'passed' },
  { state: 'pending' },
  {
    state: 'ended',
    outcome: 'handed-over',
    reason: 'SQL_WILDCARD_SUFFIX',
    message: 'The table name is put together at run time.',
  },
];

export function exampleTarget(
  index: number,
  changes: Partial<Api.Target> = {},
): Api.Target {
  return {
    id: `t${index}`,
    migrationId: 'm1',
    consumer: `component:default/consumer-${String(index).padStart(3, '0')}`,
    owner: 'group:default/growth',
    depth: 1,
    discoveredBy: ['catalog'],
    repository: `forge.example/growth/reports-${index}`,
    repositoryUrl: `http://forge.example/growth/reports-${index}`,
    paths: ['models/**'],
    framework: 'dbt',
    state: 'pending',
    wave: 1,
    updatedAt: TIME,
    ...STATES[index % STATES.length],
    ...changes,
  };
}

/** A target whose change the proof refused. */
export function refusedTarget(index: number): Api.Target {
  return exampleTarget(index, {
    state: 'simulated',
    outcome: undefined,
    blocked: 'review',
    rung: 'compiles',
    proof: 'failed',
    digest: 'd3',
  });
}

export function exampleTargets(count: number): Api.Target[] {
  return Array.from({ length: count }, (_, index) => exampleTarget(index));
}

/** A target with a proved change, or with a question where it is blocked by one. */
export function exampleDetail(target: Api.Target): Api.TargetDetail {
  return {
    target,
    change: target.digest ? exampleChange(target) : undefined,
    answers: [],
    allowed: { approve: true },
    runs: [
      {
        id: `run-${target.id}`,
        targetId: target.id,
        kind: 'simulate',
        state: 'succeeded',
        attempt: 1,
        maxAttempts: 3,
        createdAt: TIME,
        startedAt: TIME,
        endedAt: TIME + 4_200,
      },
    ],
  };
}

function exampleChange(target: Api.Target): Api.Change {
  // Nothing is written, and so nothing verified, before the answer.
  if (target.blocked === 'question') {
    return {
      ...writtenChange(target),
      files: [],
      findings: [exampleQuestion()],
      evidence: [],
    };
  }
  return writtenChange(target);
}

function writtenChange(target: Api.Target): Api.Change {
  return {
    id: `c-${target.id}`,
    number: 1,
    runId: `run-${target.id}`,
    digest: target.digest ?? '',
    baseCommit: '0123456789abcdef',
    files: [
      { path: 'models/activity.sql', added: 2, removed: 2, diff: EXAMPLE_DIFF },
    ],
    uses: exampleUses(),
    findings: [],
    evidence: target.proof === 'passed' ? provedEvidence() : refusedEvidence(),
    rung: target.rung,
    mappingVersion: 3,
    createdAt: TIME,
  };
}

function exampleQuestion(): Api.Finding {
  return {
    reason: 'FIELD_NEEDS_ANSWER',
    severity: 'warning',
    route: 'question',
    message: 'The plan has no single replacement for this field.',
    place: { path: 'models/activity.sql', line: 11, column: 3 },
    field: 'segment',
    question: {
      text: 'Which segment should this report use?',
      options: [
        { label: 'The marketing segment', is: 'segment_marketing' },
        { label: 'The billing segment', is: 'segment_billing' },
      ],
    },
  };
}
