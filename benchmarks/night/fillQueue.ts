import type { Stores } from '../../plugins/dataset-migration-backend/src/database/stores';
import { aJob } from '../../plugins/dataset-migration-backend/src/testing/aJob';
import { PAGE_VIEWS_PLAN } from '../../plugins/dataset-migration-backend/src/testing/pageViews';
import {
  aMigration,
  aPlan,
  aTarget,
} from '../../plugins/dataset-migration-backend/src/testing/records';
import type { RunPlanner } from '../../plugins/dataset-migration-backend/src/service/RunPlanner';
import type { TargetService } from '../../plugins/dataset-migration-backend/src/service/TargetService';
import type { NightChange } from './seedConsumers';

/** One migration whose targets are all approved, and whose wave opens now. */
export async function fillQueue(options: {
  stores: Stores;
  targets: TargetService;
  planner: RunPlanner;
  host: string;
  count: number;
  change: NightChange;
  now: () => number;
}): Promise<void> {
  const { stores, targets, planner, host, count, change, now } = options;
  const migration = aMigration({ name: 'page-views-v2' });
  await stores.migrations.create(
    migration,
    aPlan({ text: PAGE_VIEWS_PLAN, mapping: aJob().mapping }),
  );
  for (let number = 1; number <= count; number += 1) {
    const id = `${String(number).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const [target] = await stores.targets.insertDiscovered([
      aTarget({
        id,
        consumer: `component:default/consumer-${number}`,
        repository: `${host}/demo/consumer-${number}`,
        paths: ['sql/**'],
        state: 'approved',
      }),
    ]);
    const { id: changeId } = await stores.changes.add({
      ...change,
      id: `change-${number}`,
      targetId: id,
      runId: `simulate-${number}`,
      digest: String(number).padStart(64, '0'),
      uses: [],
      findings: [],
      evidence: [],
      rung: 'equivalent',
      mappingVersion: 1,
      createdAt: now(),
    });
    await stores.changes.approve({
      id: `approval-${number}`,
      targetId: id,
      changeId,
      digest: String(number).padStart(64, '0'),
      decidedBy: 'user:default/olga',
      decidedAt: now(),
    });
    const approved = await stores.targets.update(target, { changeId });
    const publishing = await targets.apply(approved, 'wave-opens');
    await planner.ensureRun(publishing, migration);
  }
}
