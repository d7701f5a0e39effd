import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { FakeMigrationServer } from '../../__testUtils__/FakeMigrationServer';
import { exampleMigration, exampleTargets } from '../../__testUtils__/examples';
import { renderWithServer } from '../../__testUtils__/renderWithServer';
import { MigrationPageContent } from './MigrationPageContent';

jest.setTimeout(60_000);

function serverWithCampaign() {
  const server = new FakeMigrationServer();
  server.targets = exampleTargets(60);
  server.campaigns = [
    {
      id: 'c1',
      name: 'lake-2027',
      title: 'Lake to version 2',
      state: 'active',
      createdBy: 'user:default/ada',
      createdAt: 1_790_000_000_000,
      datasets: ['resource:default/user-activity', 'resource:default/orders'],
      progress: exampleMigration().progress,
      migrations: [exampleMigration()],
      problems: [
        { dataset: 'resource:default/orders', message: 'It has no plan.' },
      ],
    },
  ];
  return server;
}

describe('CampaignDetail', () => {
  it('shows the state of every target, a page at a time', async () => {
    renderWithServer(<MigrationPageContent />, {
      server: serverWithCampaign(),
      path: '/?campaign=c1',
    });

    const list = await screen.findByRole('region', {
      name: 'Consumers: User activity v1 → v2',
    });
    const rows = within(await within(list).findByRole('table')).getAllByRole(
      'row',
    );
    expect(rows).toHaveLength(51);
    expect(rows[4]).toHaveTextContent('consumer-003');
    expect(rows[4]).toHaveTextContent('migrated');
    expect(within(list).getByText('1–50 of 60')).toBeInTheDocument();

    await userEvent.click(
      within(list).getByRole('button', { name: 'consumer-000' }),
    );
    expect(
      await screen.findByRole('dialog', { name: 'Target' }),
    ).toHaveTextContent('consumer-000');
  });

  it('leads from each number to the consumers behind it', async () => {
    renderWithServer(<MigrationPageContent />, {
      server: serverWithCampaign(),
      path: '/?campaign=c1',
    });

    expect(
      await screen.findByRole('link', { name: 'migrated 40' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/resource/user-activity/migration?view=consumers&state=ended&outcome=migrated',
    );
    expect(screen.getByText(/It has no plan/)).toBeInTheDocument();
  });
});
