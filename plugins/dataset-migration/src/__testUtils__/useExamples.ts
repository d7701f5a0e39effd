import { Api } from 'backstage-plugin-dataset-migration-common';

const MODEL = 'models/journeys.sql';

function use(
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
    use(14, 26, {
      field: 'country',
      context: 'group',
      via,
      outputs: [{ as: 'filter' }],
    }),
    use(4, 7, {
      field: 'country',
      via,
      outputs: [{ name: 'country', as: 'unchanged' }],
    }),
    use(5, 11, {
      field: 'activity_ts',
      via,
      outputs: [
        { name: 'started_at', as: 'expression' },
        { name: 'ended_at', as: 'expression' },
      ],
    }),
    use(8, 6, {
      context: 'table',
      snippet: "{{ source('raw', 'user_activity_v1') }}",
    }),
    use(12, 9, {
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
