import { Api } from 'backstage-plugin-dataset-migration-common';

const MODEL = 'models/marts/engagement.sql';

/** Evidence of a change that was proved, in the shape that a run reports it. */
export function provedEvidence(): Api.Evidence[] {
  return [
    {
      verifier: 'parses',
      rung: 'parses',
      verdict: 'passed',
      summary: '2 queries parse after the change.',
      paths: [MODEL],
    },
    {
      verifier: 'resolves',
      rung: 'resolves',
      verdict: 'passed',
      summary: 'No changed file reads the old dataset any more.',
      paths: [MODEL, 'models/sources.yml'],
    },
    {
      verifier: 'compiles',
      rung: 'compiles',
      verdict: 'passed',
      summary: `${MODEL}: its new references are declared in the dbt project; macros were not run.`,
      paths: [MODEL, 'models/sources.yml'],
    },
    {
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'passed',
      summary: 'Old and new agree on 2 queries (45 rows compared).',
      paths: [MODEL],
      proof: provedProof(),
    },
    {
      verifier: 'sample',
      rung: 'equivalent-on-sample',
      verdict: 'not-run',
      reason: 'NO_CONNECTION',
      summary: 'No connection to the real data is set up.',
      paths: [],
    },
    {
      verifier: 'tests',
      rung: 'tested',
      verdict: 'not-run',
      reason: 'NO_SANDBOX',
      summary:
        "The repository's own tests run its code, for which no sandbox is set up.",
      paths: [],
    },
    {
      verifier: 'scope',
      verdict: 'passed',
      summary: 'The change stays inside the paths of its target.',
      paths: [MODEL, 'models/sources.yml'],
    },
  ];
}

function provedProof(): Api.EquivalenceProof {
  return {
    mappingVersion: 3,
    seed: 1_833_020_911,
    cases: [
      {
        path: MODEL,
        label: 'statement 1 · if is_incremental()',
        verdict: 'passed',
        inputRows: {
          'acme-data.analytics.user_activity_v2': 48,
          'acme-data.marts.engagement': 36,
        },
        outputRows: 24,
      },
      {
        path: MODEL,
        label: 'statement 1',
        verdict: 'passed',
        inputRows: { 'acme-data.analytics.user_activity_v2': 34 },
        outputRows: 21,
      },
    ],
    mutants: {
      generated: 14,
      killed: 13,
      equivalent: 2,
      survivors: [
        `${MODEL}, statement 1: comparison: (duration_ms > 1000) becomes (duration_ms >= 1000)`,
      ],
    },
    coverage: {
      outputRows: 45,
      branches: { found: 8, hit: 7 },
      missed: [
        {
          path: MODEL,
          label: 'statement 1',
          condition: "(country IN ('DE', 'SE'))",
          never: 'false',
        },
      ],
    },
    opaqueFunctions: ['acme.geo_of'],
    errorsNotCompared: true,
  };
}

/** Evidence of a change that the proof refused, with the smallest rows that show why. */
export function refusedEvidence(): Api.Evidence[] {
  return [
    ...provedEvidence().slice(0, 3),
    {
      verifier: 'equivalence',
      rung: 'equivalent',
      verdict: 'failed',
      reason: 'DIFFERENT_RESULT',
      summary: 'One of 2 queries gives other rows.',
      paths: [MODEL],
      proof: {
        mappingVersion: 3,
        seed: 7,
        cases: [
          {
            path: MODEL,
            label: 'statement 1',
            verdict: 'failed',
            reason: 'DIFFERENT_RESULT',
            message: 'The column n has other values in 1 of 2 rows.',
            inputRows: { 'acme-data.analytics.user_activity_v2': 2 },
            outputRows: 2,
            counterexample: {
              inputs: {
                'acme-data.analytics.user_activity_v2': {
                  columns: ['user_id', 'country_code', 'duration_ms'],
                  rows: [
                    ['u1', 'DE', '1000'],
                    ['u2', null, '0'],
                  ],
                },
              },
              old: {
                columns: ['country', 'n'],
                rows: [
                  ['DE', '1'],
                  [null, '1'],
                ],
              },
              new: {
                columns: ['country', 'n'],
                rows: [
                  [null, '0'],
                  ['DE', '1'],
                ],
              },
            },
          },
          {
            path: MODEL,
            label: 'statement 2',
            verdict: 'inconclusive',
            reason: 'EMPTY_RESULT',
            message: 'No generated rows made the query return anything.',
            inputRows: { 'acme-data.analytics.user_activity_v2': 400 },
            outputRows: 0,
          },
        ],
        mutants: { generated: 0, killed: 0 },
        coverage: {
          outputRows: 2,
          branches: { found: 0, hit: 0 },
          missed: [],
        },
        opaqueFunctions: [],
        errorsNotCompared: false,
      },
    },
    ...provedEvidence().slice(4),
  ];
}
