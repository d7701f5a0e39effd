import * as fc from 'fast-check';
import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';
import { escapeHtml } from './html';
import { markdown } from './markdown';

jest.setTimeout(60_000);

const HOSTILE = '<script>alert("x")</script>';

describe('the web view', () => {
  let fixture: ForgeFixture;
  const place = { owner: 'demo', repo: 'orders' };

  const text = async (path: string) => {
    const response = await fetch(fixture.forge.baseUrl + path);
    return { status: response.status, body: await response.text() };
  };
  const press = (number: number, action: string, origin?: string) =>
    fetch(`${fixture.forge.baseUrl}/demo/orders/pull/${number}/${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: origin ? { origin } : {},
    });
  const open = async (branch: string, title: string) => {
    await fixture.branch('orders', branch, {
      [`sql/${branch}.sql`]: `SELECT '${HOSTILE}'\n`,
    });
    const { data } = await fixture.as('bot').rest.pulls.create({
      ...place,
      title,
      head: branch,
      base: 'main',
      body: `## Why\n\n- ${HOSTILE}\n- [bad](javascript:alert(1))\n\n| a | b |\n|---|---|\n| 1 | \`2\` |\n`,
    });
    return data;
  };

  beforeAll(async () => {
    fixture = await forgeFixture();
    await fixture.seed(
      { name: 'orders', description: HOSTILE },
      { 'README.md': `# Orders\n${HOSTILE}\n`, 'sql/a.sql': 'SELECT 1\n' },
    );
    await fixture.forge.createRepository({ name: 'empty' });
  });

  afterAll(async () => fixture.close());

  it('shows each page at the address that REST gives, with everything escaped', async () => {
    const pull = await open('shown', `Title ${HOSTILE}`);
    const { pathname } = new URL(pull.html_url);
    for (const path of [
      '/',
      '/demo',
      '/demo/orders',
      '/demo/empty',
      '/demo/orders/tree/main/sql',
      '/demo/orders/blob/main/sql/a.sql',
      '/demo/orders/branches',
      '/demo/orders/commits/main',
      `/demo/orders/commit/${pull.head.sha}`,
      '/demo/orders/compare/main...shown',
      '/demo/orders/pulls',
      pathname,
    ]) {
      const { status, body } = await text(path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect(body).not.toContain('<script>');
      expect(body).not.toContain('href="javascript:');
    }
    const { body } = await text(pathname);
    expect(body).toContain('Merge pull request');
    expect(body).toContain('<td><code>2</code></td>');
    expect(body).toContain('+SELECT');
  });

  it('merges, closes and reopens as the reviewer', async () => {
    const first = await open('merge-me', 'Merge me');
    const second = await open('close-me', 'Close me');

    expect((await press(first.number, 'approve')).status).toBe(303);
    expect(
      (await press(first.number, 'merge', fixture.forge.baseUrl)).status,
    ).toBe(303);
    await press(second.number, 'close');
    const bot = fixture.as('bot');
    const get = (pull_number: number) =>
      bot.rest.pulls.get({ ...place, pull_number }).then(({ data }) => data);
    expect(await get(first.number)).toMatchObject({
      merged: true,
      merged_by: { login: 'demo-reviewer' },
    });
    expect(await get(second.number)).toMatchObject({
      state: 'closed',
      merged: false,
    });
    await press(second.number, 'reopen');
    expect(await get(second.number)).toMatchObject({ state: 'open' });
    const again = await press(first.number, 'merge');
    const shown = await text(again.headers.get('location') ?? '');
    expect(shown.body).toContain('role="alert"');
  });

  it('refuses a form from another site', async () => {
    const pull = await open('foreign', 'Foreign');
    expect(
      (await press(pull.number, 'merge', 'http://evil.example')).status,
    ).toBe(403);
  });

  it('answers 404 for what is not there', async () => {
    for (const path of [
      '/nobody',
      '/demo/none',
      '/demo/orders/pull/99',
      '/demo/orders/blob/main/no',
      '/demo/orders/x/y',
    ]) {
      expect((await text(path)).status).toBe(404);
    }
  });
});

describe('markdown', () => {
  it('never lets a tag through that it did not write', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.constantFrom(
              '<img onerror=x>',
              '`',
              '[a](http://x"y)',
              '|',
              '\n',
              '```',
              '- ',
              '**',
              '_',
              '"',
            ),
          ),
        ),
        parts => {
          const output = markdown(parts.join('')).text;
          const rest = output.replace(
            /<\/?(?:p|h[2-6]|ul|ol|li|table|thead|tbody|tr|th|td|pre|code|strong|em|br|blockquote|a(?: href="https?:\/\/[^"<>]*" rel="nofollow noopener")?)>/g,
            '',
          );
          expect(rest).not.toMatch(/[<>]/);
        },
      ),
    );
  });

  it('escapes quotes', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe(
      '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;',
    );
  });
});
