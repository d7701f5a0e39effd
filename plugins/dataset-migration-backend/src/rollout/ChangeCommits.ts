import { InputError } from '@backstage/errors';
import {
  ChangeRecord,
  MigrationRecord,
  TargetRecord,
} from '../database/records';
import { applyPatch } from '../git/applyPatch';
import { CommitIdentity, createCommit } from '../git/createCommit';
import { LocalRepository } from '../git/LocalRepository';
import { readDiff } from '../git/readDiff';
import { checkScope, ScopeLimits } from './checkScope';
import { commitMessage } from './commitMessage';

/** A change as a commit, and the way back: whether a commit is one of our changes. */
export class ChangeCommits {
  readonly #identity: CommitIdentity;
  readonly #limits: Partial<ScopeLimits>;

  constructor(options: {
    identity: CommitIdentity;
    limits?: Partial<ScopeLimits>;
  }) {
    this.#identity = options.identity;
    this.#limits = options.limits ?? {};
  }

  /**
   * Writes the commit that has the stored patch applied to `parent`. Deterministic: the same
   * change on the same parent has the same id.
   *
   * @throws ConflictError when the patch does not apply, InputError when it reaches too far.
   */
  async create(
    local: LocalRepository,
    migration: MigrationRecord,
    target: TargetRecord,
    change: ChangeRecord,
    parent: string,
  ): Promise<string> {
    const patch = decodePatch(change.patch);
    const tree = await applyPatch(local, parent, patch);
    checkScope(target, await readDiff(local, parent, tree), {
      declared: change.files.map(file => file.path),
      patchBytes: patch.length,
      limits: this.#limits,
    });
    return createCommit(local, {
      tree,
      parent,
      message: commitMessage(migration, target, change),
      identity: this.#identity,
      at: change.createdAt,
    });
  }

  /**
   * The change that a commit is made of. The commit is made again from each stored change and
   * compared by its id: author and message can be imitated, this cannot.
   */
  async recognize(
    local: LocalRepository,
    migration: MigrationRecord,
    target: TargetRecord,
    changes: ChangeRecord[],
    commit: string,
  ): Promise<ChangeRecord | undefined> {
    await local.fetchCommit(commit);
    const parents = await local.parents(commit);
    if (parents.length !== 1) return undefined;
    await local.fetchCommit(parents[0]);
    for (const change of changes) {
      try {
        const ours = await this.create(
          local,
          migration,
          target,
          change,
          parents[0],
        );
        if (ours === commit) return change;
      } catch (error) {
        const { name } = error as Error;
        if (name !== 'ConflictError' && name !== 'InputError') throw error;
      }
    }
    return undefined;
  }
}

function decodePatch(base64: string): Buffer {
  const patch = Buffer.from(base64, 'base64');
  if (patch.length === 0) throw new InputError('The change has no patch.');
  return patch;
}
