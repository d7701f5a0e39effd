import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { exampleDetail, exampleTarget } from '../../__testUtils__/examples';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { TargetPanel } from './TargetPanel';

jest.setTimeout(30_000);

function open(server: FakeMigrationServer, targetId: string) {
  renderWithServer(<TargetPanel targetId={targetId} onChanged={() => {}} />, {
    server,
  });
}

/** A detail whose verifiers refused nothing. */
function approvable() {
  const detail = exampleDetail(exampleTarget(0));
  detail.change?.evidence.splice(1);
  return detail;
}

describe('TargetPanel', () => {
  it('approves the digest that is on the screen', async () => {
    const server = new FakeMigrationServer();
    server.details.set('t0', approvable());
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
    const detail = approvable();
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
    const server = new FakeMigrationServer();
    open(server, 't0');

    const button = (await screen.findByText('Approve')).closest('button');
    expect(button).toHaveAttribute(
      'aria-description',
      expect.stringContaining('One of two queries gives other rows.'),
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
    const server = new FakeMigrationServer();
    open(server, 't0');

    await userEvent.click(await screen.findByRole('tab', { name: 'Evidence' }));
    const example = await screen.findByRole('group', {
      name: /Counterexample/,
    });
    const old = within(example).getByRole('table', { name: 'Old result' });
    const cells = within(old).getAllByRole('cell');
    expect(cells[0]).not.toHaveAttribute(
      'class',
      expect.stringMatching(/marked/),
    );
    expect(cells[1]).toHaveAttribute('class', expect.stringMatching(/marked/));
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
