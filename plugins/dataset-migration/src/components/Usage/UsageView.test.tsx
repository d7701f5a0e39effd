import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { exampleDetail, exampleTarget } from '../../__testUtils__/examples';
import { UsageView } from './UsageView';

jest.setTimeout(30_000);

function changeWith(uses?: Api.DatasetUse[]): Api.Change {
  const { change } = exampleDetail(exampleTarget(0));
  if (!change) {
    throw new Error('The example has no change.');
  }
  return { ...change, uses: uses ?? change.uses };
}

function rows(): string[] {
  return screen
    .getAllByRole('row')
    .slice(1)
    .map(row =>
      within(row)
        .queryAllByRole('cell')
        .map(cell => cell.textContent)
        .join(' | '),
    );
}

describe('UsageView', () => {
  it('says of each use where it is, through what, what becomes of it and its route', () => {
    render(<UsageView change={changeWith()} />);

    expect(
      screen.getAllByRole('rowheader').map(each => each.textContent),
    ).toEqual([
      'The table itself 1',
      'activity_ts 1',
      'country 3',
      'segment 1',
    ]);
    expect(rows()).toEqual(
      expect.arrayContaining([
        "models/journeys.sql:8:6{{ source('raw', 'user_activity_v1') }} | table | directly | – | codemod",
        'models/journeys.sql:5:11 | projection | alias a | started_at in an expressionended_at in an expression | codemod',
        'models/journeys.sql:14:26 | group | alias a | decides which rows | codemod',
        'models/report.sql:3:3 | projection | model journeys → cte latest | market as it is | not edited',
        'models/journeys.sql:12:9 | filter | alias a | decides which rows | question',
      ]),
    );
    expect(
      screen.getByRole('list', { name: 'Uses by route' }),
    ).toHaveTextContent('question 1codemod 4');
  });

  it('finds uses by text, and hides those of what is made from the dataset', async () => {
    render(<UsageView change={changeWith()} />);

    await userEvent.click(
      screen.getByRole('checkbox', { name: /With 1 through models/ }),
    );
    expect(screen.queryByText(/models.report.sql/)).not.toBeInTheDocument();
    await userEvent.type(
      screen.getByLabelText('Find a field, file or name'),
      'segment',
    );
    expect(rows().filter(Boolean)).toHaveLength(1);
    await userEvent.type(
      screen.getByLabelText('Find a field, file or name'),
      'x',
    );
    expect(screen.getByText('No use matches')).toBeInTheDocument();
  });

  it('draws many uses a page at a time', async () => {
    const uses = Array.from({ length: 450 }, (_, index) => ({
      place: { path: 'wide.sql', line: index + 1, column: 1 },
      field: `field_${index % 7}`,
      context: 'projection',
      route: 'codemod',
      snippet: `field_${index % 7}`,
    }));
    render(<UsageView change={changeWith(uses)} />);

    const places = () => screen.getAllByText(/^wide\.sql:/).length;
    expect(places()).toBe(200);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 200 more of 450' }),
    );
    expect(places()).toBe(400);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show 50 more of 450' }),
    );
    expect(places()).toBe(450);
  });
});
