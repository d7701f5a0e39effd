import { CatalogClient } from '@backstage/catalog-client';

/** Where a catalog answers, and what opens it. */
export interface CatalogAddress {
  baseUrl: string;
  token: string;
}

/** A plain client of the catalog, over HTTP. */
export function createCatalogClient(address: CatalogAddress): CatalogClient {
  return new CatalogClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `${address.baseUrl}/api/${pluginId}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${address.token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}
