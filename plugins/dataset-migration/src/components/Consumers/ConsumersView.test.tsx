import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { EntityMigration } from '../EntityMigration/EntityMigration';

jest.setTimeout(30_000);

async function dataRows() {
  const table = await screen.findByRole('table', { name: 'Consumers' });
  return within(table).getAllByRole('row').slice(1);
}

describe('ConsumersView', () => {
  it('asks the server for one page at a time', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server });

    expect(await dataRows()).toHaveLength(50);
    expect(screen.getByText('1–50 of 120')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('51–100 of 120')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('101–120 of 120')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled();
    const pages = server
      .made('GET', '/migrations/m1/targets')
      .filter(call => call.query.getAll('state').length === 0);
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const call of pages) {
      expect(call.query.get('limit')).toBe('50');
    }
  });

  it('takes its filters from the address', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, {
      server,
      path: '/?view=consumers&state=ended&outcome=handed-over',
    });

    const rows = await dataRows();
    expect(rows).toHaveLength(20);
    expect(rows[0]).toHaveTextContent('A person has to do it.');
    expect(rows[0]).toHaveTextContent('put together at run time');
  });

  it('follows a number of the bar to the list behind it', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server });

    await userEvent.click(await screen.findByRole('link', { name: 'open 20' }));
    await waitFor(async () => expect(await dataRows()).toHaveLength(20));
    for (const row of await dataRows()) {
      expect(row).toHaveTextContent('The pull request is open.');
    }
  });

  it('searches on the server and says when nothing matches', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server });

    const search = await screen.findByLabelText('Search consumers');
    await userEvent.type(search, 'consumer-007');
    await waitFor(async () => expect(await dataRows()).toHaveLength(1));
    await userEvent.type(search, 'zzz');
    expect(await screen.findByText('No consumer matches')).toBeInTheDocument();
  });

  it('opens a target beside the list', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server });

    await userEvent.click(
      await screen.findByRole('button', { name: 'consumer-000' }),
    );
    const panel = await screen.findByRole('dialog', { name: 'Target' });
    expect(
      await within(panel).findByRole('table', { name: 'Side by side' }),
    ).toHaveTextContent('country_code as country');
    await userEvent.click(
      within(panel).getByRole('button', { name: 'Close the target' }),
    );
    await waitFor(() =>
      expect(
        screen.queryByRole('dialog', { name: 'Target' }),
      ).not.toBeInTheDocument(),
    );
  });
});
