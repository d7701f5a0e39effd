import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import {
  approvedMigration,
  exampleMigration,
} from '../../__testUtils__/examples';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { EntityMigration } from './EntityMigration';

jest.setTimeout(30_000);

describe('EntityMigration', () => {
  it('begins a migration from the plan of the dataset', async () => {
    const server = new FakeMigrationServer();
    server.migration = undefined;
    server.planUrl = 'http://forge.example/lake/plan.yaml';
    renderWithServer(<EntityMigration />, { server });

    expect(await screen.findByText('120 consumers')).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: "Start from the dataset's plan" }),
    );

    expect(
      await screen.findByText('User activity v1 → v2'),
    ).toBeInTheDocument();
    expect(server.made('POST', '/migrations')[0].body).toEqual({
      dataset: 'resource:default/user-activity',
      plan: { from: 'annotation' },
    });
  });

  it('shows the problems of a pasted plan beside it, with their lines', async () => {
    const server = new FakeMigrationServer();
    server.migration = undefined;
    server.problems = [
      {
        code: 'UNKNOWN_FIELD',
        severity: 'error',
        message: 'The contract has no field "contry".',
        line: 7,
        column: 5,
        path: '/spec/fields/contry',
      },
    ];
    renderWithServer(<EntityMigration />, { server });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Give a plan…' }),
    );
    await userEvent.type(screen.getByLabelText('Plan text'), 'kind: x');

    const problems = await screen.findByLabelText(
      'Problems of the plan',
      {},
      { timeout: 5_000 },
    );
    expect(problems).toHaveTextContent('Line 7');
    expect(problems).toHaveTextContent('The contract has no field "contry".');
  });

  it('says the numbers and asks to type them before it publishes', async () => {
    const server = new FakeMigrationServer();
    server.migration = approvedMigration();
    renderWithServer(<EntityMigration />, { server });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Publish wave 1' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(
      await within(dialog).findByText(
        'publish: 37 consumers in 12 repositories of 4 teams',
      ),
    ).toBeInTheDocument();
    const confirm = within(dialog).getByRole('button', {
      name: 'Publish wave 1',
    });
    expect(confirm).toBeDisabled();

    await userEvent.type(
      within(dialog).getByLabelText('Type 37 to confirm'),
      '37',
    );
    await userEvent.click(confirm);

    await waitFor(() =>
      expect(
        server.made('POST', '/migrations/m1/actions/publish'),
      ).toHaveLength(1),
    );
    expect(
      server.made('POST', '/migrations/m1/actions/publish')[0].body,
    ).toEqual({ expectedTargets: 37 });
  });

  it('keeps the dialog and says why when the backend refuses', async () => {
    const server = new FakeMigrationServer();
    server.failures.set('/migrations/m1/actions/pause', {
      status: 409,
      message: 'The numbers moved.',
    });
    renderWithServer(<EntityMigration />, { server });

    await userEvent.click(
      await screen.findByRole('button', {
        name: 'More actions on this migration',
      }),
    );
    await userEvent.click(screen.getByRole('menuitem', { name: 'Pause' }));
    await userEvent.type(
      await screen.findByLabelText('Type 37 to confirm'),
      '37',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));

    expect(await screen.findByText(/Pause failed/)).toBeInTheDocument();
    expect(screen.getByRole('dialog')).toHaveTextContent('Nothing was changed');
  });

  it('points from a draft with errors to the lines of its plan', async () => {
    const server = new FakeMigrationServer();
    server.migration = exampleMigration({ state: 'draft', planErrors: 1 });
    server.planText = 'one\ntwo\nthree';
    server.problems = [
      {
        code: 'MISSING',
        severity: 'error',
        message: 'spec.to is missing.',
        line: 2,
        column: 1,
        path: '/spec',
      },
    ];
    renderWithServer(<EntityMigration />, { server });

    expect(await screen.findByText(/The plan has 1 error/)).toBeInTheDocument();
    const text = await screen.findByRole('region', { name: 'Plan text' });
    const rows = within(text).getAllByRole('row');
    expect(rows.map(row => row.textContent)).toEqual([
      '1one',
      '2two',
      'Error spec.to is missing. MISSING',
      '3three',
    ]);
  });

  it('shows a failure of the first read instead of an empty state', async () => {
    const server = new FakeMigrationServer();
    server.failures.set('/dataset-overview', {
      status: 503,
      message: 'The database is away.',
    });
    renderWithServer(<EntityMigration />, { server });

    expect(
      await screen.findByText(/migration of this dataset could not be read/),
    ).toBeInTheDocument();
    expect(screen.queryByText('No migration yet')).not.toBeInTheDocument();
  });
});
