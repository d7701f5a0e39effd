import { Api } from 'backstage-plugin-dataset-migration-common';
import { ManifestTarget } from '../seed/DemoManifest';
import { readManifest } from '../seed/readManifest';
import { checkAgainstManifest } from './checkAgainstManifest';
import { countConsumers } from './countConsumers';
import { followWaves } from './followWaves';
import { PortalSession } from './PortalSession';
import { TourForge } from './TourForge';
import { until } from './until';

/** The line that a tour ends with; `seconds` by step. */
export interface TourSummary {
  tour: true;
  discovered: number;
  simulated: number;
  proved: number;
  /** Waves, and how many of them opened without a person. */
  waves: number;
  openedByThemselves: number;
  opened: number;
  merged: number;
  ended: number;
  rolledBack: number;
  seconds: Record<string, number>;
}

export interface TourOptions {
  portal: string;
  forge: string;
  reviewerToken: string;
  dataset: string;
  say: (line: string) => void;
}

/** How many of the migrated consumers are rolled back instead of merged. */
const LEFT_OPEN = 3;

/**
 * Does the main job through the public API, as three people would, and compares each step
 * with the demo fleet's manifest.
 *
 * @throws Error that names every difference.
 */
export async function runTour(options: TourOptions): Promise<TourSummary> {
  const { say, dataset } = options;
  const manifest = await readManifest();
  const expected = manifest.targets.filter(each => each.dataset === dataset);
  const as = (provider: string) =>
    new PortalSession({ portal: options.portal, provider });
  const erin = as('demo-engineer');
  const engineer = erin.api;
  const owner = as('demo-owner').api;
  const forge = new TourForge(options.forge, options.reviewerToken);
  const seconds: Record<string, number> = {};
  async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
    const started = Date.now();
    say(`\n▶ ${name}`);
    const result = await work();
    seconds[name] = Math.round((Date.now() - started) / 100) / 10;
    return result;
  }

  const draft = await step('plan', async () => {
    const plan = { from: 'annotation' as const };
    const check = await engineer.checkPlan({ body: { dataset, plan } });
    for (const problem of check.problems) {
      say(`  line ${problem.line}: ${problem.severity} ${problem.message}`);
    }
    if (!check.valid) throw new Error('The plan has errors.');
    const overview = await engineer.getDatasetOverview({ query: { dataset } });
    const known = await countConsumers(options.portal, erin, dataset);
    say(`  the catalog knows ${known} consumers of ${dataset}`);
    if (known !== overview.consumersKnown) {
      throw new Error(
        `The portal counts ${overview.consumersKnown} consumers, the catalog ${known}.`,
      );
    }
    const current = overview.migration;
    if (current && current.state !== 'ended' && current.state !== 'draft') {
      throw new Error(
        `${dataset} has a migration that is ${current.state}. Roll it back, or start the demo with --reset.`,
      );
    }
    return current?.state === 'draft'
      ? current
      : engineer.createMigration({ body: { dataset, plan } });
  });
  const path = { migrationId: draft.id };
  const act = (action: string, body: Api.ActionRequest = {}) =>
    engineer.actOnMigration({ path: { ...path, action }, body });
  const list = () => allTargets(engineer, draft.id);

  const discovered = await step('discover', async () => {
    await act('start');
    const targets = await list();
    say(`  ${targets.length} targets`);
    return targets.length;
  });

  const simulated = await step('simulate', async () => {
    await act('simulate');
    const targets = await until(list, all =>
      all.every(each => !['pending', 'simulating'].includes(each.state)),
    );
    for (const each of targets) say(`  ${describe(each)}`);
    return targets;
  });
  const proved = simulated.filter(
    each => each.state === 'simulated' && each.proof === 'passed',
  );
  const problems = await checkAgainstManifest(simulated, expected, id =>
    engineer.getTarget({ path: { targetId: id } }),
  );
  if (problems.length) throw new Error(problems.join('\n'));

  await step('approve', async () => {
    for (const each of proved.filter(target => target.blocked === 'review')) {
      const targetPath = { targetId: each.id };
      const { change } = await owner.getTarget({ path: targetPath });
      await owner.actOnTarget({
        path: { ...targetPath, action: 'approve' },
        body: { digest: change!.digest },
      });
      say(
        `  approved ${nameOf(each)}: ${change!.files.length} files, ${
          each.rung
        }`,
      );
    }
  });

  await step('publish', async () => {
    const effect = await engineer.previewMigrationAction({
      path: { ...path, action: 'publish' },
    });
    say(`  ${effect.message}`);
    await act('publish');
  });
  const rollout = await step('waves', () =>
    followWaves({
      rollout: () => engineer.getRollout({ path }),
      list,
      merge: target =>
        forge.merge(target.repository!, target.pullRequest!.number),
      say,
    }),
  );
  const opened = (await list()).filter(each => each.pullRequest);
  const lastWave = opened.filter(each => each.state === 'open');
  const toMerge = opened.filter(
    each => !lastWave.slice(-LEFT_OPEN).includes(each),
  );
  const toRollBack = opened.filter(each => !toMerge.includes(each));

  await step('merge', async () => {
    for (const each of lastWave.filter(target => toMerge.includes(target))) {
      await forge.merge(each.repository!, each.pullRequest!.number);
      say(`  merged ${each.pullRequest!.url}`);
    }
  });
  const ended = await step('end', async () => {
    const ids = new Set(toMerge.map(each => each.id));
    const all = await until(list, targets =>
      targets
        .filter(each => ids.has(each.id))
        .every(each => each.state === 'ended'),
    );
    const migrated = all.filter(
      each => ids.has(each.id) && each.outcome === 'migrated',
    );
    say(`  ${migrated.length} of ${ids.size} read the old version no more`);
    return migrated.length;
  });
  const rolledBack = await step('roll back', async () => {
    const ids = new Set(toRollBack.map(each => each.id));
    for (const id of ids) {
      await engineer.actOnTarget({
        path: { targetId: id, action: 'roll-back' },
        body: { reason: 'End of the tour' },
      });
    }
    const all = await until(list, targets =>
      targets
        .filter(each => ids.has(each.id))
        .every(each => each.state === 'ended'),
    );
    const back = all.filter(
      each => ids.has(each.id) && each.outcome === 'rolled-back',
    );
    for (const each of back) say(`  ${nameOf(each)} is back as it was`);
    return back.length;
  });

  const summary: TourSummary = {
    tour: true,
    discovered,
    simulated: simulated.filter(each => each.state !== 'unresolved').length,
    proved: proved.length,
    waves: rollout.waves,
    openedByThemselves: rollout.openedByThemselves,
    opened: opened.length,
    merged: toMerge.length,
    ended,
    rolledBack,
    seconds,
  };
  checkSummary(summary, expected);
  return summary;
}

function checkSummary(summary: TourSummary, expected: ManifestTarget[]): void {
  const migratable = expected.filter(
    each => each.outcome === 'migrated',
  ).length;
  const wrong: string[] = [];
  const compare = (what: string, got: number, want: number) => {
    if (got !== want) wrong.push(`${what}: ${got} instead of ${want}`);
  };
  compare('discovered', summary.discovered, expected.length);
  compare(
    'waves that opened by themselves',
    summary.openedByThemselves,
    summary.waves - 1,
  );
  compare('opened', summary.opened, migratable);
  compare('ended migrated', summary.ended, summary.merged);
  compare('rolled back', summary.rolledBack, summary.opened - summary.merged);
  if (summary.ended < 12)
    wrong.push(`only ${summary.ended} consumers migrated`);
  if (wrong.length) throw new Error(wrong.join('\n'));
}

async function allTargets(
  api: PortalSession['api'],
  migrationId: string,
): Promise<Api.Target[]> {
  const targets: Api.Target[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listTargets({
      path: { migrationId },
      query: { cursor, limit: 100 },
    });
    targets.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return targets;
}

function nameOf(target: Api.Target): string {
  return target.consumer ?? target.repository ?? target.id;
}

function describe(target: Api.Target): string {
  const where = target.outcome ?? target.state;
  const why = target.reason ?? target.blocked ?? '';
  return `${nameOf(target).padEnd(52)} ${where.padEnd(14)} ${(
    target.rung ?? ''
  ).padEnd(11)} ${why}`;
}
