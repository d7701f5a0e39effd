import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { EntityMigration } from '../EntityMigration/EntityMigration';

jest.setTimeout(30_000);

describe('ReviewView', () => {
  it('goes through the changes with the keys j and k', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server, path: '/?view=review' });

    const heading = (name: string) =>
      screen.findByRole('heading', { name, level: 2 });
    // Questions need thought and come first.
    expect(await heading('consumer-001')).toBeInTheDocument();
    await userEvent.keyboard('j');
    expect(await heading('consumer-007')).toBeInTheDocument();
    await userEvent.keyboard('k');
    expect(await heading('consumer-001')).toBeInTheDocument();
  });

  it('approves every proved change one after the other and names the refused', async () => {
    const server = new FakeMigrationServer();
    server.targets = server.targets.slice(0, 13);
    server.failures.set('/targets/t6/actions/approve', {
      status: 409,
      message: 'The change is another by now.',
    });
    renderWithServer(<EntityMigration />, { server, path: '/?view=review' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve 3 proved…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Approve 3' }),
    );

    await waitFor(() =>
      expect(dialog).toHaveTextContent('2 approved, 1 refused, of 3'),
    );
    expect(dialog).toHaveTextContent(
      'consumer-006: The change is another by now.',
    );
    const approved = server.calls
      .filter(call => call.path.endsWith('/actions/approve'))
      .map(call => [call.path.split('/')[2], call.body]);
    expect(approved).toEqual([
      ['t0', { digest: 'd1' }],
      ['t6', { digest: 'd1' }],
      ['t12', { digest: 'd1' }],
    ]);
  });
});
