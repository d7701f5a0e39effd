import {
  parseDuration,
  RunJob,
} from 'backstage-plugin-dataset-migration-common';
import { ConflictError } from '@backstage/errors';
import { Connections } from '../connections/Connections';
import { RunRecord, TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { approvedChange } from './approvedChange';
import { planOf } from './planOf';

const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const MEMORY_MB = 1024;
const MAX_FILES = 5_000;
const MAX_PATCH_BYTES = 5 * 1024 * 1024;

/** Makes the job file of an attempt. */
export class JobBuilder {
  readonly #stores: Stores;
  readonly #backendUrl: () => Promise<string>;
  readonly #connections: Connections;

  constructor(options: {
    stores: Stores;
    /** Base URL of the plugin's API, as the runner reaches it. */
    backendUrl: () => Promise<string>;
    connections: Connections;
  }) {
    this.#stores = options.stores;
    this.#backendUrl = options.backendUrl;
    this.#connections = options.connections;
  }

  async build(run: RunRecord, target: TargetRecord): Promise<RunJob> {
    if (run.kind === 'publish' || run.kind === 'rollback') {
      throw new ConflictError(`A ${run.kind} run does not go to a fleet.`);
    }
    if (!target.repository) {
      throw new ConflictError('The target has no repository.');
    }
    const { plan, mapping } = planOf(
      await this.#stores.migrations.getPlan(target.migrationId),
    );
    const { dataset } = await this.#stores.migrations.get(target.migrationId);
    const connection = this.#connections.forDataset(dataset);
    const timeout = plan.spec.limits?.timeout;
    const patch =
      run.kind === 'verify' ? await this.#approvedPatch(target) : undefined;
    return {
      apiVersion: 'dataset-migration/v1alpha1',
      kind: 'RunJob',
      run: {
        id: run.id,
        kind: run.kind,
        attempt: run.attempt,
        token: run.token,
        seed: seedOf(target.id),
      },
      target: {
        id: target.id,
        consumer: target.consumer,
        repository: target.repository,
        paths: target.paths,
        excludedPaths: target.excludedPaths,
      },
      mapping,
      answers: target.answers,
      note: target.note,
      ...(patch && { patch }),
      agent: plan.spec.agent?.use ?? 'codemod',
      ...(connection && {
        connection: { name: connection.name, showRows: connection.showRows },
      }),
      limits: {
        timeoutMs: timeout
          ? parseDuration(timeout) ?? DEFAULT_TIMEOUT_MS
          : DEFAULT_TIMEOUT_MS,
        memoryMb: MEMORY_MB,
        maxFiles: MAX_FILES,
        maxPatchBytes: MAX_PATCH_BYTES,
      },
      backendUrl: await this.#backendUrl(),
    };
  }

  async #approvedPatch(target: TargetRecord): Promise<string> {
    const found = await approvedChange(this.#stores, target);
    if (!found) {
      throw new ConflictError('The target has no approved change to verify.');
    }
    return found.approved.patch;
  }
}

/** The same data for every run of a target: a difference comes from the change. */
function seedOf(targetId: string): number {
  return Number.parseInt(targetId.replaceAll('-', '').slice(0, 7), 16);
}
