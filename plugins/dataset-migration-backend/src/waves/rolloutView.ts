import {
  Api,
  describeHalt,
  rerunAfterFix,
  WaveStatus,
} from 'backstage-plugin-dataset-migration-common';
import { TargetRecord } from '../database/records';
import { failedTargets } from './failedTargets';
import { RolloutNow } from './RolloutReader';

/** A rollout as the API shows it. */
export function rolloutView(now: RolloutNow): Api.Rollout {
  const { status, rollout, targets } = now;
  const { next } = status;
  const halt = rollout.halt;
  return {
    proposed: status.proposed,
    openWave: rollout.openWave,
    waves: status.waves.map(wave => waveView(wave, targets)),
    next: next && {
      wave: next.wave,
      ready: next.ready,
      opensAt: next.opensAt,
      waitsFor: next.waitsFor?.for,
      message: next.message,
    },
    halt: halt && {
      at: halt.at,
      wave: halt.wave,
      message: halt.message,
      takingBack: rollout.takingBack,
      decidedAt:
        rollout.decidedAt !== undefined && rollout.decidedAt >= halt.at
          ? rollout.decidedAt
          : undefined,
    },
    failures: failureGroups(targets),
  };
}

function waveView(status: WaveStatus, targets: TargetRecord[]): Api.Wave {
  const { progress, errors } = status;
  return {
    wave: status.wave,
    name: status.name,
    state: status.state,
    openedAt: status.openedAt,
    openedBy: status.openedBy,
    reason: status.reason,
    targets: status.targets,
    counted: progress.counted,
    published: targets.filter(
      each => each.wave === status.wave && each.facts?.publishedAt,
    ).length,
    merged: progress.merged,
    needed: progress.needed,
    stragglers: progress.stragglers.length,
    health: progress.health,
    errors: {
      errors: errors.errors,
      known: errors.known,
      needed: errors.needed,
      rate: errors.rate,
      threshold: errors.threshold,
      kinds: errors.kinds,
      message: describeHalt(errors),
    },
  };
}

function failureGroups(targets: TargetRecord[]): Api.FailureGroup[] {
  const failed = failedTargets(targets);
  const signatures = new Set(failed.flatMap(each => each.signature ?? []));
  return [...signatures].sort().map(signature => ({
    signature,
    targets: failed.filter(each => each.signature === signature).length,
    rerun: rerunAfterFix(failed, [signature]).rerun.length,
  }));
}
