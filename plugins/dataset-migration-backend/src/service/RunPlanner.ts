import { createHash } from 'node:crypto';
import {
  parsePlan,
  PlanLimits,
  RunKind,
} from 'backstage-plugin-dataset-migration-common';
import { MigrationRecord, RunRecord, TargetRecord } from '../database/records';
import { Stores, TargetFilter } from '../database/stores';

/** A run that failed for good is tried again no sooner than this. */
const AGAIN_AFTER_MS = 5 * 60_000;
const MAX_ATTEMPTS = 3;

const MAY_NEED_RUN: TargetFilter[] = [
  { state: ['simulating', 'publishing', 'merged', 'reverting'] },
  { state: ['approved'], blocked: ['verification'] },
];

/** Which run a target in this state must have, by the state of its migration. */
export function neededRun(
  target: Pick<TargetRecord, 'state' | 'revert' | 'blocked'>,
  migrationState: string,
): RunKind | undefined {
  const active = migrationState === 'active';
  switch (target.state) {
    case 'simulating':
      return active ? 'simulate' : undefined;
    case 'approved':
      return active && target.blocked === 'verification' ? 'verify' : undefined;
    case 'publishing':
      // A publish that began is finished, so that its pull request is known to exist or not.
      return migrationState === 'paused' ? undefined : 'publish';
    case 'merged':
      return active ? 'rescan' : undefined;
    case 'reverting':
      return target.revert ? undefined : 'rollback';
    default:
      return undefined;
  }
}

/**
 * Sees to it that every target that must have a run has one. Called after each step and by
 * a scheduled slice, so that a crash between the step and its run loses nothing.
 */
export class RunPlanner {
  readonly #stores: Stores;

  constructor(stores: Stores) {
    this.#stores = stores;
  }

  async ensureRun(
    target: TargetRecord,
    migration: MigrationRecord,
  ): Promise<RunRecord | undefined> {
    const kind = neededRun(target, migration.state);
    if (!kind) return undefined;
    const runs = (await this.#stores.runs.listForTarget(target.id)).filter(
      run => run.kind === kind,
    );
    if (await this.#stores.runs.isUnsettled(target.id, kind)) return undefined;
    // Read again: the caller may have read it before a run ended and moved it on.
    const current = await this.#stores.targets.get(target.id);
    if (neededRun(current, migration.state) !== kind) return undefined;
    const limits = await this.#limits(target.migrationId);
    // What is over the limit waits for the next slice: nothing of it is lost.
    const active = await this.#stores.runs.countActive(target.migrationId);
    if (limits.concurrency !== undefined && active >= limits.concurrency) {
      return undefined;
    }
    const lastFailed = runs
      .filter(
        run => run.state === 'failed' && run.createdAt >= current.updatedAt,
      )
      .map(run => run.endedAt ?? run.createdAt);
    const availableAt = lastFailed.length
      ? Math.max(...lastFailed) + AGAIN_AFTER_MS
      : undefined;
    return this.#stores.runs.enqueue({
      id: runId(target.id, kind, runs),
      targetId: target.id,
      migrationId: target.migrationId,
      kind,
      maxAttempts: limits.attempts ?? MAX_ATTEMPTS,
      availableAt,
    });
  }

  async #limits(migrationId: string): Promise<PlanLimits> {
    const { text } = await this.#stores.migrations.getPlan(migrationId);
    return parsePlan(text).plan?.spec.limits ?? {};
  }

  /** One pass over all targets that may need a run. */
  async ensureAll(signal: AbortSignal): Promise<void> {
    const migrations = new Map<string, MigrationRecord>();
    for (const filter of MAY_NEED_RUN) {
      for await (const batch of this.#stores.targets.iterate(filter)) {
        for (const target of batch) {
          signal.throwIfAborted();
          let migration = migrations.get(target.migrationId);
          if (!migration) {
            migration = await this.#stores.migrations.get(target.migrationId);
            migrations.set(target.migrationId, migration);
          }
          await this.ensureRun(target, migration);
        }
      }
    }
  }
}

/** The same for all who see that this run is missing, so that only one of them adds it. */
function runId(targetId: string, kind: RunKind, before: RunRecord[]): string {
  // Old runs are removed, but never the last one.
  const [last] = before;
  return createHash('sha256')
    .update(`${targetId}/${kind}/${before.length}/${last?.id ?? ''}`)
    .digest('hex')
    .slice(0, 32);
}
