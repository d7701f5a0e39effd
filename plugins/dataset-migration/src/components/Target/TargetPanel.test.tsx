import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import {
  exampleDetail,
  exampleTarget,
  refusedTarget,
} from '../../__testUtils__/examples';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { TargetPanel } from './TargetPanel';

jest.setTimeout(30_000);

function open(server: FakeMigrationServer, targetId: string) {
  renderWithServer(<TargetPanel targetId={targetId} onChanged={() => {}} />, {
    server,
  });
}

function serverWithRefused() {
  const server = new FakeMigrationServer();
  server.targets.push(refusedTarget(200));
  return server;
}

describe('TargetPanel', () => {
  it('approves the digest that is on the screen', async () => {
    const server = new FakeMigrationServer();
    open(server, 't0');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await waitFor(() =>
      expect(server.made('POST', '/targets/t0/actions/approve')).toHaveLength(
        1,
      ),
    );
    expect(server.made('POST', '/targets/t0/actions/approve')[0].body).toEqual({
      digest: 'd1',
    });
  });

  it('says who may approve when this person may not', async () => {
    const server = new FakeMigrationServer();
    const detail = exampleDetail(exampleTarget(0));
    detail.allowed = { approve: false, reason: 'Only growth may approve.' };
    server.details.set('t0', detail);
    open(server, 't0');

    const button = (await screen.findByText('Approve')).closest('button');
    expect(button).toHaveAttribute(
      'aria-description',
      'Only growth may approve.',
    );
    await userEvent.click(button as HTMLButtonElement);
    expect(server.made('POST', '/targets/t0/actions/approve')).toEqual([]);
  });

  it('does not offer to approve what a verifier refused', async () => {
    open(serverWithRefused(), 't200');

    const button = (await screen.findByText('Approve')).closest('button');
    expect(button).toHaveAttribute(
      'aria-description',
      expect.stringContaining('One of 2 queries gives other rows.'),
    );
  });

  it('sends the note with which changes are asked for', async () => {
    const server = new FakeMigrationServer();
    open(server, 't0');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for changes…' }),
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: /What should be different/ }),
      'keep the alias',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Ask for changes' }),
    );
    await waitFor(() =>
      expect(
        server.made('POST', '/targets/t0/actions/ask-for-changes')[0]?.body,
      ).toEqual({ note: 'keep the alias' }),
    );
  });

  it('answers a question with the expression of the chosen option', async () => {
    const server = new FakeMigrationServer();
    open(server, 't1');

    await userEvent.click(
      await screen.findByRole('radio', { name: /The billing segment/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Answer and simulate again' }),
    );
    await waitFor(() =>
      expect(
        server.made('POST', '/targets/t1/actions/answer')[0]?.body,
      ).toEqual({
        answers: [
          {
            field: 'segment',
            answer: { kind: 'expression', is: 'segment_billing' },
          },
        ],
      }),
    );
  });

  it('marks where the results of a counterexample differ', async () => {
    open(serverWithRefused(), 't200');

    await userEvent.click(await screen.findByRole('tab', { name: 'Evidence' }));
    const example = await screen.findByRole('group', {
      name: /Counterexample: models.marts.engagement.sql, statement 1/,
    });
    const tables = within(example).getAllByRole('table');
    expect(tables).toHaveLength(3);
    expect(tables[0]).toHaveAccessibleName(
      'Input acme-data.analytics.user_activity_v2',
    );
    // The row that both have is not marked, although it stands at another place.
    const marked = (name: string) =>
      within(within(example).getByRole('table', { name }))
        .getAllByRole('cell')
        .map(cell => [cell.textContent, /marked/.test(cell.className)]);
    expect(marked('Old result')).toEqual([
      ['DE', false],
      ['1', false],
      ['null', false],
      ['1', true],
    ]);
    expect(marked('New result')).toEqual([
      ['null', false],
      ['0', true],
      ['DE', false],
      ['1', false],
    ]);
  });

  it('says what stands behind a refusal', async () => {
    open(serverWithRefused(), 't200');

    await userEvent.click(await screen.findByRole('tab', { name: 'Evidence' }));
    expect(
      await screen.findByText('Not equivalent under mapping version 3'),
    ).toBeInTheDocument();
    const cases = screen.getByRole('table', { name: 'Compared queries' });
    const [, differing, empty] = within(cases).getAllByRole('row');
    expect(differing).toHaveTextContent(
      'failedmodels/marts/engagement.sql statement 1acme-data.analytics.user_activity_v2 22DIFFERENT_RESULT' +
        'The column n has other values in 1 of 2 rows.',
    );
    expect(empty).toHaveTextContent('EMPTY_RESULT');
    expect(screen.getByLabelText('What the proof looked at')).toHaveTextContent(
      'The queries have none.Planted mistakesNone could be',
    );
  });

  it('says how much of a proved change the proof looked at', async () => {
    open(new FakeMigrationServer(), 't0');

    await userEvent.click(await screen.findByRole('tab', { name: 'Evidence' }));
    expect(
      await screen.findByText('Equivalent under mapping version 3'),
    ).toBeInTheDocument();
    const facts = screen.getByLabelText('What the proof looked at');
    for (const text of [
      '45 came out of the old queries',
      '7 of 8 (88 %) of their sides were met by rows.',
      "(country IN ('DE', 'SE')) was never false (models/marts/engagement.sql, statement 1)",
      '13 of 14 (93 %) were noticed. 2 more are left out',
      'statement 1: comparison: (duration_ms > 1000) becomes (duration_ms >= 1000)',
      'acme.geo_of: the same unknown function on both sides',
      'Errors that rows may raise',
      '1833020911',
    ]) {
      expect(facts).toHaveTextContent(text);
    }
  });

  it('says of each rung what was not run and why', async () => {
    open(new FakeMigrationServer(), 't0');

    await userEvent.click(await screen.findByRole('tab', { name: 'Evidence' }));
    const verdicts = await screen.findByRole('list', { name: 'Verdicts' });
    expect(
      within(verdicts)
        .getAllByRole('listitem')
        .map(line => within(line).getByRole('img').textContent),
    ).toEqual(['passed', 'passed', 'passed', 'passed', 'not run', 'not run']);
    expect(verdicts).toHaveTextContent(
      'No connection to the real data is set up. NO_CONNECTION',
    );
    await userEvent.click(
      within(verdicts).getByRole('button', { name: 'NO_SANDBOX' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'About NO_SANDBOX' }),
    ).toHaveTextContent(
      "The checks of the pull request run it in the consumer's own CI.",
    );
  });

  it('reads the log of a run and searches in it', async () => {
    const server = new FakeMigrationServer();
    open(server, 't0');

    await userEvent.click(await screen.findByRole('tab', { name: 'Runs 1' }));
    const log = await screen.findByRole('log', { name: 'Log of the run' });
    expect(await within(log).findByText('proved')).toBeInTheDocument();
    await userEvent.type(
      screen.getByLabelText('Search in the log'),
      'rewriting',
    );
    expect(within(log).queryByText('proved')).not.toBeInTheDocument();
    expect(
      screen.getByText('1 of 3 lines', { exact: false }),
    ).toBeInTheDocument();
  });
});
