import { Api } from 'backstage-plugin-dataset-migration-common';

const MODEL = 'models/journeys.sql';

function exampleUse(
  line: number,
  column: number,
  rest: Partial<Api.DatasetUse>,
): Api.DatasetUse {
  return {
    place: { path: MODEL, line, column },
    context: 'projection',
    route: 'codemod',
    snippet: rest.field ?? '',
    ...rest,
  };
}

/** What a dbt consumer reads, in the shape that a run reports it. */
export function exampleUses(): Api.DatasetUse[] {
  const via: Api.UseStep[] = [{ kind: 'alias', name: 'a' }];
  return [
    exampleUse(14, 26, {
      field: 'country',
      context: 'group',
      via,
      outputs: [{ as: 'filter' }],
    }),
    exampleUse(4, 7, {
      field: 'country',
      via,
      outputs: [{ name: 'country', as: 'unchanged' }],
    }),
    exampleUse(5, 11, {
      field: 'activity_ts',
      via,
      outputs: [
        { name: 'started_at', as: 'expression' },
        { name: 'ended_at', as: 'expression' },
      ],
    }),
    exampleUse(8, 6, {
      context: 'table',
      snippet: "{{ source('raw', 'user_activity_v1') }}",
    }),
    exampleUse(12, 9, {
      field: 'segment',
      context: 'filter',
      route: 'question',
      via,
      outputs: [{ as: 'filter' }],
    }),
    {
      place: { path: 'models/report.sql', line: 3, column: 3 },
      field: 'country',
      context: 'projection',
      route: 'codemod',
      snippet: 'country',
      via: [
        { kind: 'model', name: 'journeys' },
        { kind: 'cte', name: 'latest' },
      ],
      outputs: [{ name: 'market', as: 'unchanged' }],
      indirect: true,
    },
  ];
}
