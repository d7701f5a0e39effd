import { AuditorService, LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import {
  describeHalt,
  WaveStatus,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord } from '../database/records';
import { Stores } from '../database/stores';
import { MigrationService } from '../service/MigrationService';
import { requireStep } from '../service/planPolicy';
import { planOf } from '../service/planOf';
import { BaseChecks } from './BaseChecks';
import { nameOfWave } from './nameOfWave';
import { RolloutNow, RolloutReader } from './RolloutReader';
import { TakeBack } from './TakeBack';
import { WavePublisher } from './WavePublisher';

export interface RolloutSliceOptions {
  stores: Stores;
  reader: RolloutReader;
  publisher: WavePublisher;
  migrations: MigrationService;
  takeBack: TakeBack;
  /** Absent: base branches are not looked at. */
  baseChecks?: BaseChecks;
  auditor: Pick<AuditorService, 'createEvent'>;
  logger: LoggerService;
  now?: () => number;
}

/**
 * Drives every started rollout a step further: halts it where too much went wrong, opens the
 * next wave where the one before allows it, and publishes what is approved in open waves. All
 * it needs is in our tables, and every step is a conditional update: any replica may run it,
 * and be killed, at any time.
 */
export class RolloutSlice {
  readonly #options: RolloutSliceOptions;
  readonly #now: () => number;

  constructor(options: RolloutSliceOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { stores, logger } = this.#options;
    const started = await stores.rollouts.listStarted(['active', 'halted']);
    for (const id of started) {
      signal.throwIfAborted();
      try {
        await this.advance(await stores.migrations.get(id), signal);
      } catch (error) {
        signal.throwIfAborted();
        // One that fails, or that another replica moved, must not hold up the others.
        const moved = isError(error) && error.name === 'ConflictError';
        logger[moved ? 'debug' : 'warn']('A rollout could not be advanced', {
          migrationId: id,
          error: String(error),
        });
      }
    }
  }

  /** One step of one migration; does nothing unless it is active or its halt takes back. */
  async advance(
    migration: MigrationRecord,
    signal: AbortSignal,
  ): Promise<void> {
    if (migration.state === 'halted') await this.#takeBack(migration, signal);
    if (migration.state !== 'active') return;
    const { stores, reader } = this.#options;
    const { plan } = planOf(await stores.migrations.getPlan(migration.id));
    requireStep(plan, 'publish');
    let now = await reader.read(migration);
    if (now.status.tripped) {
      await this.#halt(migration, now, now.status.tripped);
      return;
    }
    if (await this.#lookAtBase(now, signal)) now = await reader.read(migration);
    // A wave with nothing to publish is through at once, and so may be the next.
    while (now.status.next?.ready && now.rollout.openWave > 0) {
      signal.throwIfAborted();
      if (!(await this.#openNext(migration, now))) return;
      now = await reader.read(migration);
    }
    await this.#options.publisher.publish(migration, now, { signal });
  }

  async #halt(
    migration: MigrationRecord,
    { rules }: RolloutNow,
    wave: WaveStatus,
  ): Promise<void> {
    const message = `${nameOfWave(wave)}: ${describeHalt(wave.errors)}`;
    const takingBack = {
      pause: undefined,
      'rollback-wave': 'wave' as const,
      rollback: 'all' as const,
    }[rules.onHalt];
    await this.#audited('rollout-halt', migration, message, () =>
      this.#options.stores.rollouts.halt(
        migration.id,
        { at: this.#now(), wave: wave.wave, message, decision: wave.errors },
        takingBack,
      ),
    );
  }

  /** The next wave opens on what the base branches say now, not on what nobody has looked at. */
  async #lookAtBase(
    { status, rollout, targets }: RolloutNow,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { baseChecks } = this.#options;
    const current = status.waves[rollout.openWave - 1];
    if (!baseChecks || !status.next || !current?.progress.through) return false;
    const merged = targets.filter(
      each => each.wave === current.wave && each.facts?.mergedAt !== undefined,
    );
    return (await baseChecks.look(merged, signal)) > 0;
  }

  /** What `onHalt` of the plan says, until a person decides otherwise. */
  async #takeBack(
    migration: MigrationRecord,
    signal: AbortSignal,
  ): Promise<void> {
    const { stores, migrations, takeBack } = this.#options;
    const { halt, takingBack } = await stores.rollouts.get(migration.id);
    if (!halt || !takingBack) return;
    const reason = halt.message;
    if (takingBack === 'all') {
      // The settling slice takes it from there.
      await migrations.apply(migration, 'roll-back', {
        actor: 'system',
        reason,
      });
      await stores.rollouts.tookBack(migration.id);
      return;
    }
    const { wave } = halt;
    if (await takeBack.advance(migration, { signal, reason, wave })) {
      await stores.rollouts.tookBack(migration.id);
    }
  }

  async #openNext(
    migration: MigrationRecord,
    { status }: RolloutNow,
  ): Promise<boolean> {
    const { next, waves } = status;
    if (!next) return false;
    const before = waves[next.wave - 2];
    const message = `${nameOfWave(waves[next.wave - 1])} opens: ${whyThrough(
      before,
    )}`;
    return this.#audited('rollout-wave-opens', migration, message, () =>
      this.#options.stores.rollouts.openWave(migration.id, next.wave, {
        actor: 'system',
        message,
      }),
    );
  }

  /** Nobody is told of a decision that another replica has taken. */
  async #audited(
    eventId: string,
    migration: MigrationRecord,
    reason: string,
    decide: () => Promise<boolean>,
  ): Promise<boolean> {
    const decided = await decide();
    if (decided) {
      try {
        const event = await this.#options.auditor.createEvent({
          eventId,
          severityLevel: 'medium',
          meta: { migrationId: migration.id, reason, actor: 'system' },
        });
        await event.success();
      } catch (error) {
        // The activity has it: it was written with the decision itself.
        this.#options.logger.error('A decision could not be audited', {
          migrationId: migration.id,
          error: toError(error).message,
        });
      }
    }
    return decided;
  }
}

function whyThrough(before: WaveStatus | undefined): string {
  if (!before?.progress.through) return 'the one before is through.';
  const { merged, counted, health, through } = before.progress;
  const healthy =
    health === 'unknown' ? 'its health is unknown' : `it is ${health}`;
  switch (through.by) {
    case 'nothing-to-merge':
      return `${nameOfWave(before)} had nothing to merge.`;
    case 'time':
      return `${nameOfWave(
        before,
      )} had its time, ${merged} of ${counted} are merged and ${healthy}.`;
    default:
      return `${merged} of ${counted} of ${nameOfWave(
        before,
      )} are merged and ${healthy}.`;
  }
}
