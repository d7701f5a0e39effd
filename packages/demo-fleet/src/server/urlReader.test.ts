import { UrlReaders } from '@backstage/backend-defaults/urlReader';
import { mockServices } from '@backstage/backend-test-utils';
import { forgeFixture, type ForgeFixture } from '../__testUtils__/forgeFixture';

jest.setTimeout(60_000);

describe('the forge as an integration of Backstage', () => {
  let fixture: ForgeFixture;

  beforeAll(async () => {
    fixture = await forgeFixture();
    await fixture.seed(
      { name: 'hidden', private: true },
      { 'catalog-info.yaml': 'kind: Component\n', 'sql/a.sql': 'SELECT 1\n' },
    );
  });

  afterAll(async () => {
    fixture.contract.verify();
    await fixture.close();
  });

  const reader = (token?: string) =>
    UrlReaders.default({
      logger: mockServices.logger.mock(),
      config: mockServices.rootConfig({
        data: {
          integrations: {
            github: [
              {
                host: fixture.forge.host,
                apiBaseUrl: fixture.forge.apiBaseUrl,
                rawBaseUrl: fixture.forge.rawBaseUrl,
                ...(token ? { token } : {}),
              },
            ],
          },
        },
      }),
    });
  const address = () =>
    `${fixture.forge.baseUrl}/demo/hidden/blob/main/catalog-info.yaml`;

  it('hides a private file from a reader without a token', async () => {
    await expect(reader().readUrl(address())).rejects.toThrow(/404/);
  });

  it('serves files, entity tags, trees and globs to the URL reader', async () => {
    const { forge } = fixture;
    const bot = reader('bot-token');
    const file = await bot.readUrl(address());
    expect((await file.buffer()).toString()).toBe('kind: Component\n');
    await expect(
      bot.readUrl(address(), { etag: file.etag }),
    ).rejects.toMatchObject({ name: 'NotModifiedError' });
    const tree = await bot.readTree(
      `${forge.baseUrl}/demo/hidden/tree/main/sql`,
    );
    expect((await tree.files()).map(({ path }) => path)).toEqual(['a.sql']);
    const found = await bot.search(
      `${forge.baseUrl}/demo/hidden/blob/main/**/*.sql`,
    );
    expect(found.files.map(entry => entry.url)).toEqual([
      `${forge.baseUrl}/demo/hidden/blob/main/sql/a.sql`,
    ]);
    expect((await found.files[0].content()).toString()).toBe('SELECT 1\n');
  });
});
