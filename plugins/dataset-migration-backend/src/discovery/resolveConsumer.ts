import {
  ANNOTATION_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  Entity,
  parseEntityRef,
  parseLocationRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { PATHS_ANNOTATION } from 'backstage-plugin-dataset-migration-common';

/** Where a consumer's code lives, or why that is not known. */
export type ResolvedConsumer =
  | { repository: string; paths: string[] }
  | { reason: string; message: string };

const PROJECT_SLUG_ANNOTATION = 'github.com/project-slug';

/**
 * Resolves an entity to repository and paths from its annotations
 * (https://backstage.io/docs/features/software-catalog/well-known-annotations):
 * source-location, else project-slug, else the place it was registered from.
 */
export function resolveConsumer(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): ResolvedConsumer {
  const annotations = entity.metadata.annotations ?? {};
  const slug = annotations[PROJECT_SLUG_ANNOTATION];
  const location =
    annotations[ANNOTATION_SOURCE_LOCATION] ??
    (slug ? undefined : annotations[ANNOTATION_LOCATION]);
  if (!location && slug) {
    return resolveSlug(slug, annotations, integrations);
  }
  if (!location) {
    return unresolved(
      'NO_SOURCE_LOCATION',
      `The entity has no ${ANNOTATION_SOURCE_LOCATION} annotation.`,
    );
  }
  const url = parseUrlLocation(location);
  if (!url) {
    return unresolved(
      'SOURCE_LOCATION_NOT_A_URL',
      `The source location "${location}" is not a URL of a repository.`,
    );
  }
  if (!integrations.github.byHost(url.host)) {
    return unresolved(
      'HOST_NOT_CONFIGURED',
      `No integrations.github entry is configured for ${url.host}.`,
    );
  }
  const [owner, name, view, , ...rest] = segmentsOf(url);
  if (!isName(owner) || !isName(name)) {
    return unresolved(
      'SOURCE_LOCATION_NOT_A_REPOSITORY',
      `The source location "${location}" does not name a repository.`,
    );
  }
  const directory = view === 'blob' ? rest.slice(0, -1) : rest;
  return {
    repository: `${url.host}/${owner}/${name.replace(/\.git$/, '')}`,
    paths: pathsOf(annotations, directory.join('/')),
  };
}

function resolveSlug(
  slug: string,
  annotations: Record<string, string>,
  integrations: ScmIntegrationRegistry,
): ResolvedConsumer {
  const host = integrations.github.list()[0]?.config.host;
  const [owner, name, ...rest] = slug.split('/');
  if (!host || rest.length || !isName(owner) || !isName(name)) {
    return unresolved(
      'PROJECT_SLUG_INVALID',
      `The annotation ${PROJECT_SLUG_ANNOTATION} "${slug}" does not name a repository.`,
    );
  }
  return { repository: `${host}/${slug}`, paths: pathsOf(annotations, '') };
}

/** Of a path whose escapes mean nothing there are none. */
function segmentsOf(url: URL): string[] {
  try {
    return url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return [];
  }
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[\w.-]+$/.test(text) && !/^\.+$/.test(text);
}

function pathsOf(
  annotations: Record<string, string>,
  directory: string,
): string[] {
  const declared = (annotations[PATHS_ANNOTATION] ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(Boolean);
  if (declared.length) return declared;
  return directory ? [`${directory}/**`] : [];
}

function parseUrlLocation(location: string): URL | undefined {
  try {
    const { type, target } = parseLocationRef(location);
    return type === 'url' ? new URL(target) : undefined;
  } catch {
    return undefined;
  }
}

function unresolved(reason: string, message: string): ResolvedConsumer {
  return { reason, message };
}

/** The owner as a full reference, from `spec.owner`. */
export function ownerOf(entity: Entity): string | undefined {
  const owner = entity.spec?.owner;
  if (typeof owner !== 'string') return undefined;
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace ?? 'default',
      }),
    );
  } catch {
    return undefined;
  }
}
