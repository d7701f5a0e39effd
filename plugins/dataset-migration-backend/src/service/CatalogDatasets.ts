import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { CatalogReader } from '../discovery/CatalogReader';
import { DEFAULT_RELATIONS, resolveRelations } from '../discovery/relations';
import { normaliseDatasetRef, walkConsumers } from '../discovery/walkConsumers';
import { DatasetLookup } from '../router/HandlerDependencies';

/** More are shown as "more than". */
const COUNT_LIMIT = 20_000;

/** Datasets of the catalog, as the person who asks may see them. */
export class CatalogDatasets implements DatasetLookup {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;

  constructor(options: { catalog: CatalogService; auth: AuthService }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
  }

  async get(ref: string, credentials: BackstageCredentials): Promise<Entity> {
    const dataset = normalise(ref);
    const [entity] = (
      await this.#catalog.getEntitiesByRefs(
        {
          entityRefs: [dataset],
          // Never the relations: those of a dataset with many consumers are megabytes.
          fields: ['apiVersion', 'kind', 'metadata', 'spec'],
        },
        { credentials },
      )
    ).items;
    if (!entity) {
      throw new NotFoundError(`The catalog has no ${dataset}.`);
    }
    if (entity.spec?.type !== 'dataset') {
      throw new InputError(
        `${dataset} is no dataset: its spec.type is ${entity.spec?.type}.`,
      );
    }
    return entity;
  }

  async countConsumers(ref: string, credentials: BackstageCredentials) {
    const walk = walkConsumers(this.reader(credentials), {
      dataset: normalise(ref),
      relations: resolveRelations(DEFAULT_RELATIONS, []),
      depth: 1,
      maxConsumers: COUNT_LIMIT,
    });
    let consumers = 0;
    for (;;) {
      const step = await walk.next();
      if (step.done) return { consumers, truncated: step.value.truncated };
      consumers += step.value.length;
    }
  }

  /** The catalog as these credentials see it; the portal's own when absent. */
  reader(credentials?: BackstageCredentials): CatalogReader {
    const bind = async () => ({
      credentials: credentials ?? (await this.#auth.getOwnServiceCredentials()),
    });
    return {
      queryEntities: async request =>
        this.#catalog.queryEntities(request, await bind()),
      getEntitiesByRefs: async request =>
        this.#catalog.getEntitiesByRefs(request, await bind()),
    };
  }
}

function normalise(ref: string): string {
  try {
    return normaliseDatasetRef(ref);
  } catch {
    throw new InputError(`"${ref}" is not an entity reference.`);
  }
}
