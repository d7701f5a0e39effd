import { Api } from 'backstage-plugin-dataset-migration-common';
import { until } from './until';

export interface FollowWavesOptions {
  rollout: () => Promise<Api.Rollout>;
  list: () => Promise<Api.Target[]>;
  merge: (target: Api.Target) => Promise<void>;
  say: (line: string) => void;
}

/**
 * Merges what each wave but the last opens, as its owners would, and watches the next one open
 * by itself; ends when the pull requests of the last wave are open.
 */
export async function followWaves(
  options: FollowWavesOptions,
): Promise<{ waves: number; openedByThemselves: number }> {
  const { list, merge, say } = options;
  let shown = 0;
  let told = '';
  // The portal learns of a merge a while after it.
  const merged = new Set<string>();
  const last = await until(
    async () => {
      const rollout = await options.rollout();
      const targets = await list();
      for (const wave of rollout.waves) {
        if (wave.openedAt !== undefined && wave.wave > shown) {
          shown = wave.wave;
          const by =
            wave.openedBy === 'system' ? 'by itself' : `by ${wave.openedBy}`;
          say(
            `  wave ${wave.wave} (${wave.name ?? ''}, ${
              wave.targets
            } targets) opened ${by}`,
          );
        }
      }
      const message = rollout.next?.message ?? '';
      if (message !== told) say(`    ${message}`);
      told = message;
      for (const each of targets) {
        if (
          each.state === 'open' &&
          each.wave < rollout.waves.length &&
          !merged.has(each.id)
        ) {
          merged.add(each.id);
          await merge(each);
          say(`    merged ${each.pullRequest!.url}`);
        }
      }
      return { rollout, targets };
    },
    ({ rollout, targets }) =>
      rollout.next === undefined &&
      targets.every(
        each =>
          !['approved', 'publishing'].includes(each.state) &&
          (each.state !== 'open' || each.wave === rollout.waves.length),
      ),
  );
  const { waves } = last.rollout;
  return {
    waves: waves.length,
    openedByThemselves: waves.filter(each => each.openedBy === 'system').length,
  };
}
