import { PluginHarness } from './__testUtils__/PluginHarness';
import { startPageViews } from './__testUtils__/startPageViews';
import { startPostgres, StartedPostgres } from './testing/startPostgres';

jest.setTimeout(120_000);

describe.each(['SQLite', 'PostgreSQL'])('the API on %s', engine => {
  let server: StartedPostgres | undefined;
  let portal: PluginHarness;

  beforeAll(async () => {
    if (engine === 'PostgreSQL') server = await startPostgres();
    portal = await startPageViews(
      server && {
        postgres: { connection: server.connection, prefix: 'api_' },
      },
    );
  });
  afterAll(async () => {
    await portal.close();
    await server?.stop();
  });

  it.each([
    '/migrations/a%00b',
    '/migrations/%00/targets',
    '/targets/%00',
    '/runs/%00/log',
    '/migrations?dataset=a%00b',
    '/migrations/x/targets?q=%00&owner=%00',
    '/migrations?cursor=%00',
  ])('refuses %s with its reason', async path => {
    const { status, body } = await portal.call('get', path);
    expect([status, body.error?.name, body.error?.message]).toEqual([
      400,
      'InputError',
      expect.stringContaining('NUL'),
    ]);
  });

  const cursor = (...key: unknown[]) =>
    Buffer.from(JSON.stringify(key)).toString('base64url');

  it.each([
    ['a NUL', ['a\0b', 'id']],
    ['something else', [{}, 'id']],
    ['too little', ['id']],
  ])('refuses a cursor of %s', async (_what, key) => {
    const { status, body } = await portal.call(
      'get',
      `/migrations?cursor=${cursor(...key)}`,
    );
    expect([status, body.error?.name]).toEqual([400, 'InputError']);
  });

  it.each([
    ['a cursor of no time', `/migrations?cursor=${cursor('never', 'id')}`],
    ['a cursor of a huge time', `/migrations?cursor=${cursor(1e300, 'id')}`],
    ['a huge number', `/runs/x/log?after=${'9'.repeat(30)}`],
    ['half a character', '/migrations/%ff'],
    ['half a pair of characters', '/migrations/%ed%a0%80'],
    ['a long name', `/targets/${'x'.repeat(5_000)}`],
  ])('never fails on %s', async (_what, path) => {
    const { status } = await portal.call('get', path);
    expect([200, 400, 404]).toContain(status);
  });
});
