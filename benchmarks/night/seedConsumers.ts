import { cp } from 'node:fs/promises';
import path from 'node:path';
import type { Forge } from 'demo-fleet';
import type { ChangeRecord } from '../../plugins/dataset-migration-backend/src/database/records';
import {
  commitFiles,
  makePatch,
} from '../../plugins/dataset-migration-backend/src/rollout/__testUtils__/git';

const OLD_SQL = 'SELECT view_id, url\nFROM acme.web.page_views_v1\n';
const NEW_SQL =
  'SELECT view_id, page_url AS url\nFROM acme.web.page_views_v2\n';

/** What every consumer's change has in common: they all have the same history. */
export type NightChange = Pick<ChangeRecord, 'baseCommit' | 'patch' | 'files'>;

/**
 * Real repositories on the simulated forge, `consumer-1` and on, each with one commit, and the
 * change to publish in each of them.
 */
export async function seedConsumers(
  forge: Forge,
  count: number,
): Promise<NightChange> {
  const template = await forge.createRepository({ name: 'template' });
  commitFiles(template.gitDir, 'main', { 'sql/report.sql': OLD_SQL });
  for (let number = 1; number <= count; number += 1) {
    const { gitDir } = await forge.createRepository({
      name: `consumer-${number}`,
    });
    for (const part of ['objects', 'refs']) {
      await cp(path.join(template.gitDir, part), path.join(gitDir, part), {
        recursive: true,
      });
    }
  }
  return makePatch(template.gitDir, 'main', { 'sql/report.sql': NEW_SQL });
}
