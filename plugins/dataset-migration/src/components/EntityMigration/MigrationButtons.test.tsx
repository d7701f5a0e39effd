import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  migrationCreatePermission,
  migrationPublishPermission,
} from 'backstage-plugin-dataset-migration-common';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { EntityMigration } from './EntityMigration';

jest.setTimeout(60_000);

// Decisions are cached for the life of the page: every test of this file denies the same.
const DENIED = [
  migrationCreatePermission.name,
  migrationPublishPermission.name,
];
describe('what people may do', () => {
  it('says who may prepare a migration and does not do it for others', async () => {
    const server = new FakeMigrationServer();
    server.migration = undefined;
    server.planUrl = 'http://forge.example/lake/plan.yaml';
    renderWithServer(<EntityMigration />, {
      server,
      denied: DENIED,
    });

    const button = await screen.findByRole('button', {
      name: /Start from|Only people|Your permissions/,
    });
    await waitFor(() =>
      expect(button).toHaveAttribute(
        'aria-description',
        expect.stringContaining(migrationCreatePermission.name),
      ),
    );
    await userEvent.click(button);
    expect(server.made('POST', '/migrations')).toEqual([]);
  });

  it('does not let people publish who may not', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, {
      server,
      denied: DENIED,
    });

    const button = await screen.findByText('Publish wave 2');
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});
