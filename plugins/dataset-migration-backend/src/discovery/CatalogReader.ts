import {
  GetEntitiesByRefsRequest,
  GetEntitiesByRefsResponse,
  QueryEntitiesRequest,
  QueryEntitiesResponse,
} from '@backstage/catalog-client';

/**
 * What discovery asks of a catalog: the catalog service with credentials bound inside
 * the backend, a plain `CatalogClient` outside of it.
 */
export interface CatalogReader {
  queryEntities(request: QueryEntitiesRequest): Promise<QueryEntitiesResponse>;
  getEntitiesByRefs(
    request: GetEntitiesByRefsRequest,
  ): Promise<GetEntitiesByRefsResponse>;
}
