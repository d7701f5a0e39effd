import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { exampleMigration } from '../../__testUtils__/examples';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { haltedRollout } from '../../__testUtils__/rolloutExamples';
import { EntityMigration } from '../EntityMigration/EntityMigration';

jest.setTimeout(30_000);

describe('WavesView', () => {
  it('says where each wave is, and opens the next one early with a reason', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server, path: '/?view=waves' });

    const table = await screen.findByRole('table', { name: 'Waves' });
    const [, canary, second, third] = within(table).getAllByRole('row');
    expect(canary).toHaveTextContent(/1 · canarythrough.*by ada/);
    expect(second).toHaveTextContent(/soaking.*58 needed, 2 still open/);
    expect(second).toHaveTextContent('error rate 1.4 % of 10 %');
    expect(second).toHaveTextContent('by itself');
    expect(third).toHaveTextContent('not open');
    expect(
      screen.getByText('Wave 3: next opens in 3 h 12 m if healthy.'),
    ).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Open wave 3 now…' }),
    );
    const dialog = await screen.findByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Open wave 3 now',
    });
    await userEvent.type(
      await within(dialog).findByLabelText(/^Type \d+ to confirm/),
      '37',
    );
    expect(confirm).toBeDisabled();
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'All is well.');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(
        server.made('POST', '/migrations/m1/actions/publish')[0].body,
      ).toMatchObject({ reason: 'All is well.' }),
    );
  });

  it('lets people choose after a halt what runs again', async () => {
    const server = new FakeMigrationServer();
    server.migration = exampleMigration({ state: 'halted' });
    server.rollout = haltedRollout();
    renderWithServer(<EntityMigration />, { server, path: '/?view=waves' });

    expect(
      await screen.findByText(/18 of 72 results are errors/),
    ).toBeInTheDocument();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Resume' }),
    );
    const dialog = await screen.findByRole('dialog');
    // Only what can run again is offered.
    expect(within(dialog).queryByLabelText(/checks/)).toBeNull();
    await userEvent.click(
      within(dialog).getByLabelText('NO_PERMISSION (4 of 4)'),
    );
    await userEvent.type(
      await within(dialog).findByLabelText(/^Type \d+ to confirm/),
      '37',
    );
    await userEvent.type(within(dialog).getByLabelText(/^Why/), 'Granted.');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Resume' }),
    );
    await waitFor(() =>
      expect(
        server.made('POST', '/migrations/m1/actions/resume')[0].body,
      ).toMatchObject({ reason: 'Granted.', signatures: ['NO_PERMISSION'] }),
    );
  });
});
