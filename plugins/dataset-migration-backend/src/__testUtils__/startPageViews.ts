import {
  PAGE_VIEWS_PLAN,
  PAGE_VIEWS_V1,
  PAGE_VIEWS_V2,
  pageViewsCatalog,
} from '../testing/pageViews';
import { Entity } from '@backstage/catalog-model';
import { PluginHarness, PluginHarnessOptions } from './PluginHarness';

/** A portal in which page views wait for their migration, with all files in place. */
export async function startPageViews(
  options: PluginHarnessOptions & {
    entities?: (codeUrl: string) => Entity[];
  } = {},
): Promise<PluginHarness> {
  const { entities = pageViewsCatalog, ...others } = options;
  const portal = await PluginHarness.start(entities, others);
  const code = `${portal.forge.baseUrl}/demo/datasets`;
  portal.files.set(`${code}/blob/main/plan.yaml`, PAGE_VIEWS_PLAN);
  // Relative to a file, integrations resolve to the tree.
  portal.files.set(`${code}/tree/main/v1.odcs.yaml`, PAGE_VIEWS_V1);
  portal.files.set(`${code}/tree/main/v2.odcs.yaml`, PAGE_VIEWS_V2);
  return portal;
}
