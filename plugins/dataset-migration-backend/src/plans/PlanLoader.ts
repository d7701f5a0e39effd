import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
} from '@backstage/catalog-model';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  Api,
  PLAN_ANNOTATION,
} from 'backstage-plugin-dataset-migration-common';

/** Of one file; as long as a plan that is pasted. */
const MAX_BYTES = 512 * 1024;

/** A plan's text with what is needed to read the files that it names. */
export interface LoadedPlan {
  text: string;
  /** Where it was read from; absent when pasted. */
  url?: string;
  /** What relative contract paths start from. */
  base?: string;
}

/** Reads plans and the contracts they name, from repositories that the portal may read. */
export class PlanLoader {
  readonly #reader: UrlReaderService;
  readonly #integrations: ScmIntegrationRegistry;

  constructor(options: {
    reader: UrlReaderService;
    integrations: ScmIntegrationRegistry;
  }) {
    this.#reader = options.reader;
    this.#integrations = options.integrations;
  }

  /**
   * The text of a plan.
   *
   * @throws InputError when the source names nothing, NotFoundError when nothing is there.
   */
  async load(dataset: Entity, source: Api.PlanSource): Promise<LoadedPlan> {
    const annotated = this.planUrl(dataset);
    if (source.from === 'text') {
      if (!source.text?.trim()) {
        throw new InputError('The pasted plan is empty.');
      }
      return { text: source.text, base: annotated ?? baseOf(dataset) };
    }
    const url = source.from === 'url' ? source.url : annotated;
    if (!url) {
      throw new InputError(
        source.from === 'url'
          ? 'Give the URL of the plan.'
          : `${stringifyEntityRef(
              dataset,
            )} has no ${PLAN_ANNOTATION} annotation. Add it, or paste the plan.`,
      );
    }
    return { text: await this.#read(url), url, base: url };
  }

  /** Where the dataset's annotation says its plan is; absent without the annotation. */
  planUrl(dataset: Entity): string | undefined {
    const annotation = dataset.metadata.annotations?.[PLAN_ANNOTATION];
    if (!annotation) return undefined;
    return this.#resolve(annotation, baseOf(dataset));
  }

  /** The text of a contract, given as a URL or as a path relative to the plan. */
  async readContract(contract: string, plan: LoadedPlan): Promise<string> {
    const url = this.#resolve(contract, plan.base);
    if (!url) {
      throw new InputError(
        `The contract "${contract}" is a relative path, and the plan has no place of its own. Use a URL.`,
      );
    }
    return this.#read(url);
  }

  #resolve(target: string, base: string | undefined): string | undefined {
    if (URL.canParse(target)) return target;
    if (!base) return undefined;
    return this.#integrations.resolveUrl({ url: target, base });
  }

  async #read(url: string): Promise<string> {
    if (!/^https?:/.test(url)) {
      throw new InputError(`"${url}" is not an http(s) URL.`);
    }
    try {
      const response = await this.#reader.readUrl(url);
      const bytes = await response.buffer();
      if (bytes.length > MAX_BYTES) {
        throw new InputError(`it has more than ${MAX_BYTES} bytes`);
      }
      return bytes.toString('utf8');
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') {
        throw new NotFoundError(`There is no file at ${url}.`);
      }
      throw new InputError(
        `${url} could not be read: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
  }
}

function baseOf(entity: Entity): string | undefined {
  const annotations = entity.metadata.annotations ?? {};
  for (const name of [ANNOTATION_LOCATION, ANNOTATION_SOURCE_LOCATION]) {
    const value = annotations[name];
    if (value?.startsWith('url:')) return value.slice('url:'.length);
  }
  return undefined;
}
