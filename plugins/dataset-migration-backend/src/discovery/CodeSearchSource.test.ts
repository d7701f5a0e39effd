import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { DiscoveredConsumer } from 'backstage-plugin-dataset-migration-node';
import { CodeSearchHit, GithubCodeSearch } from '../forge/GithubCodeSearch';
import { CodeSearchSource } from './CodeSearchSource';

async function discover(hits: CodeSearchHit[], tables: string[]) {
  const asked: Array<[host: string, names: string[]]> = [];
  const search: Pick<GithubCodeSearch, 'search'> = {
    async *search(host, names) {
      asked.push([host, names]);
      yield* hits;
    },
  };
  const source = new CodeSearchSource({
    search: search as GithubCodeSearch,
    integrations: ScmIntegrations.fromConfig(
      new ConfigReader({
        integrations: {
          github: [
            { host: 'forge.example', apiBaseUrl: 'x', token: 'token' },
            { host: 'public.example', apiBaseUrl: 'x' },
          ],
        },
      }),
    ),
  });
  const found: DiscoveredConsumer[] = [];
  for await (const each of source.discover({
    dataset: 'resource:default/events',
    names: { tables, dbtSources: [], dbtRefs: [], patterns: [], symbols: [] },
    signal: new AbortController().signal,
  })) {
    found.push(each);
  }
  return { asked, found };
}

describe('CodeSearchSource', () => {
  it('asks forges that it has credentials for, for the name that every spelling has', async () => {
    const { asked } = await discover(
      [],
      ['acme.web.events_v1', 'web.events_v1', 'events_v1'],
    );
    expect(asked).toEqual([['forge.example', ['events_v1']]]);
  });

  it('asks for nothing where the dataset has no table', async () => {
    expect((await discover([], [])).asked.flatMap(each => each[1])).toEqual([]);
  });

  it('takes code, not what only speaks of it', async () => {
    const { found } = await discover(
      [
        { repository: 'forge.example/acme/docs', paths: ['README.md'] },
        { repository: 'forge.example/acme/data', paths: ['v1.odcs.yaml'] },
        { repository: 'forge.example/acme/jobs', paths: ['a.md', 'b.sql'] },
      ],
      ['events_v1'],
    );
    expect(found).toEqual([{ repository: 'forge.example/acme/jobs' }]);
  });
});
