import { CatalogClient } from '@backstage/catalog-client';
import { PortalSession } from './PortalSession';

const PAGE = 500;

/** Asks the portal's catalog, from outside of it, how many entities depend on a dataset. */
export async function countConsumers(
  portal: string,
  session: PortalSession,
  dataset: string,
): Promise<number> {
  const catalog = new CatalogClient({
    discoveryApi: { getBaseUrl: async id => `${portal}/api/${id}` },
  });
  const token = await session.token();
  const pages = catalog.streamEntities(
    {
      query: {
        relations: { $contains: { type: 'dependsOn', targetRef: dataset } },
      },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
      pageSize: PAGE,
    },
    { token },
  );
  let count = 0;
  for await (const page of pages) count += page.length;
  return count;
}
