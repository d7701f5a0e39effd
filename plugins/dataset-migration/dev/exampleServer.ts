import { FakeMigrationServer } from '../src/__testUtils__/FakeMigrationServer';
import { exampleMigration } from '../src/__testUtils__/examples';

const TIME = 1_790_000_000_000;

/** A server in memory with something on every screen. */
export function exampleServer(): FakeMigrationServer {
  const server = new FakeMigrationServer();
  server.pending = [
    {
      dataset: 'resource:default/orders',
      currentVersion: '1',
      targetVersion: '2',
      source: 'annotation',
      firstSeenAt: TIME,
    },
  ];
  server.planText =
    'apiVersion: dataset-migration/v1\nkind: MigrationPlan\nspec:\n  from: user_activity\n  to: user_activity_v2\n';
  server.candidates = ['orders', 'sessions', 'user-activity'].map(name => ({
    dataset: `resource:default/${name}`,
    currentVersion: '1',
    targetVersion: '2',
    planUrl: `http://forge.example/lake/${name}/plan.yaml`,
  }));
  server.campaigns = [
    {
      id: 'c1',
      name: 'lake-2027',
      title: 'Lake to version 2',
      state: 'active',
      createdBy: 'user:default/ada',
      createdAt: TIME,
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
