import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  DiscoveredConsumer,
  DiscoverySource,
} from 'backstage-plugin-dataset-migration-node';
import { GithubCodeSearch } from '../forge/GithubCodeSearch';

/**
 * Finds repositories that name the dataset and that the catalog does not know. A search
 * index is never complete (9 requests a minute, 1,000 results): it adds, it never removes.
 */
export class CodeSearchSource implements DiscoverySource {
  readonly id = 'code-search';
  readonly #search: GithubCodeSearch;
  readonly #integrations: ScmIntegrationRegistry;

  constructor(options: {
    search: GithubCodeSearch;
    integrations: ScmIntegrationRegistry;
  }) {
    this.#search = options.search;
    this.#integrations = options.integrations;
  }

  async *discover(
    request: Parameters<DiscoverySource['discover']>[0],
  ): AsyncGenerator<DiscoveredConsumer> {
    const names = searchNames(request.names.tables);
    for (const { config } of this.#integrations.github.list()) {
      // Without credentials a search answers for the whole of a public forge.
      if (!config.token && !config.apps?.length) continue;
      const found = this.#search.search(config.host, names, request.signal);
      for await (const { repository, paths } of found) {
        if (paths.some(isCode)) yield { repository };
      }
    }
  }
}

/** The last part of a table's name is in every way to write it. */
function searchNames(tables: string[]): string[] {
  return [...new Set(tables.map(table => table.split('.').at(-1) ?? table))];
}

/** Contracts, catalogs and prose name a dataset without reading it. */
function isCode(path: string): boolean {
  return /\.(sql|py|scala|java|ipynb|sh)$/.test(path);
}
