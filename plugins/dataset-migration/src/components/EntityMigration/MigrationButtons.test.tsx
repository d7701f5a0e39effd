import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  migrationCreatePermission,
  migrationPublishPermission,
} from 'backstage-plugin-dataset-migration-common';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import {
  approvedMigration,
  exampleDetail,
  exampleTarget,
} from '../../__testUtils__/examples';
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
    server.migration = approvedMigration();
    renderWithServer(<EntityMigration />, { server, denied: DENIED });

    const button = await screen.findByRole('button', {
      name: 'Publish wave 1',
    });
    expect(button).toHaveAttribute(
      'aria-description',
      expect.stringContaining(migrationPublishPermission.name),
    );
    await userEvent.click(button);
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('offers the review before publishing, and says in the menu who may publish', async () => {
    const server = new FakeMigrationServer();
    renderWithServer(<EntityMigration />, { server, denied: DENIED });

    const button = await screen.findByRole('button', { name: 'Review 37' });
    expect(
      screen.queryByRole('button', { name: 'Publish wave 1' }),
    ).not.toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'More actions on this migration' }),
    );
    const publish = await screen.findByRole('menuitem', {
      name: /Publish wave 1/,
    });
    expect(publish).toHaveAttribute('aria-disabled', 'true');
    expect(publish).toHaveTextContent(migrationPublishPermission.name);
    await userEvent.keyboard('{Escape}');

    await userEvent.click(button);
    expect(
      await screen.findByRole('list', { name: 'Changes to review' }),
    ).toBeInTheDocument();
  });

  it('says on the review who decides, to people who may neither decide nor publish', async () => {
    const server = new FakeMigrationServer();
    server.details.set('t0', {
      ...exampleDetail(exampleTarget(0)),
      allowed: { approve: false, reason: 'Only growth may approve.' },
    });
    renderWithServer(<EntityMigration />, { server, denied: DENIED });

    const button = await screen.findByRole('button', { name: 'Review 37' });
    expect(button).toHaveAttribute(
      'aria-description',
      expect.stringContaining('Only growth may approve.'),
    );
    expect(button).not.toHaveAttribute('aria-disabled', 'true');
  });
});
