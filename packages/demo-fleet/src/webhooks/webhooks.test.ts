import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';
import { signBody } from './WebhookSender';

jest.setTimeout(60_000);

interface Received {
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

describe('webhooks', () => {
  const received: Received[] = [];
  let receiver: Server;
  let fixture: ForgeFixture;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          headers: request.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        });
        response.statusCode = 500;
        response.end();
      });
    });
    await new Promise<void>(resolve => {
      receiver.listen(0, '127.0.0.1', resolve);
    });
    const { port } = receiver.address() as AddressInfo;
    fixture = await forgeFixture({
      webhook: { url: `http://127.0.0.1:${port}/hook`, secret: 'shared' },
    });
    await fixture.seed({ name: 'orders' });
  });

  afterAll(async () => {
    await fixture.close();
    receiver.close();
  });

  it('signs each event and does not mind a receiver that fails', async () => {
    const place = { owner: 'demo', repo: 'orders' };
    const bot = fixture.as('bot');
    const work = await fixture.branch('orders', 'topic', { 't.txt': 'ü\n' });
    const { data } = await bot.rest.pulls.create({
      ...place,
      title: 'Tü',
      head: 'topic',
      base: 'main',
    });
    const pull = { ...place, pull_number: data.number };
    await fixture.git(work, 'commit', '-q', '--allow-empty', '-m', 'More');
    await fixture.git(work, 'push', '-q', 'origin', 'HEAD:topic');
    await bot.rest.checks.create({
      ...place,
      name: 'build',
      head_sha: data.head.sha,
      conclusion: 'success',
    });
    await bot.rest.pulls.update({ ...pull, state: 'closed' });
    await bot.rest.pulls.update({ ...pull, state: 'open' });
    await fixture
      .as('alice')
      .rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    await bot.rest.pulls.merge(pull);
    await fixture.forge.settled();

    const seen = received.map(({ headers, body }) => {
      expect(headers['x-hub-signature-256']).toBe(signBody('shared', body));
      expect(headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
      const payload = JSON.parse(body);
      expect(payload.repository.full_name).toBe('demo/orders');
      expect(payload.sender.login).toMatch(/bot|alice/);
      return [headers['x-github-event'], payload.action]
        .filter(Boolean)
        .join('.');
    });
    expect(seen.sort()).toEqual([
      'check_run.completed',
      'pull_request.closed',
      'pull_request.closed',
      'pull_request.opened',
      'pull_request.reopened',
      'pull_request.synchronize',
      'pull_request_review.submitted',
      'push',
      'push',
      'push',
    ]);
    const merged = received
      .map(({ body }) => JSON.parse(body))
      .filter(
        ({ action, pull_request }) =>
          action === 'closed' && pull_request.merged,
      );
    expect(merged).toHaveLength(1);
    expect(
      fixture.forge
        .log()
        .filter(({ kind, status }) => kind === 'delivery' && status === 500),
    ).toHaveLength(10);
  });

  it('logs a receiver that is gone, and shows the log', async () => {
    const bot = fixture.as('bot');
    await bot.rest.repos.createWebhook({
      owner: 'demo',
      repo: 'orders',
      config: { url: 'http://127.0.0.1:1/none', secret: 'x' },
    });
    await fixture.branch('orders', 'again', { 'a.txt': 'a\n' });
    await fixture.forge.settled();
    const response = await fetch(
      `${fixture.forge.baseUrl}/_demo/log?kind=delivery`,
    );
    const { entries } = (await response.json()) as {
      entries: Record<string, unknown>[];
    };
    expect(entries).toContainEqual(
      expect.objectContaining({
        url: 'http://127.0.0.1:1/none',
        event: 'push',
        error: expect.any(String),
      }),
    );
  });
});
