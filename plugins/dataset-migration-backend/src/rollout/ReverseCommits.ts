import { MigrationRecord, TargetRecord } from '../database/records';
import { applyPatch } from '../git/applyPatch';
import { CommitIdentity, createCommit } from '../git/createCommit';
import { LocalRepository } from '../git/LocalRepository';
import { readBlobIds } from '../git/readBlobIds';
import { readDiff, TreeChange } from '../git/readDiff';
import { checkScope, ScopeLimits } from './checkScope';
import { beforeMerge, MergedPullRequest } from './beforeMerge';
import { revertMessage } from './commitMessage';
import { ownsFile } from './targetFiles';

export type PushedReverse =
  | { kind: 'pushed'; base: string; commit: string }
  | { kind: 'closed'; message: string }
  | { kind: 'conflict'; message: string };

interface Merged extends MergedPullRequest {
  migration: MigrationRecord;
  target: TargetRecord;
  branch: string;
}

/**
 * Makes the reverse of what was merged, which need not be what was approved: people may have
 * added commits before they merged. Only the target's own files are taken back.
 */
export class ReverseCommits {
  readonly #identity: CommitIdentity;
  readonly #limits: Partial<ScopeLimits>;

  constructor(options: {
    identity: CommitIdentity;
    limits?: Partial<ScopeLimits>;
  }) {
    this.#identity = options.identity;
    this.#limits = options.limits ?? {};
  }

  async push(local: LocalRepository, merged: Merged): Promise<PushedReverse> {
    const head = await local.defaultBranch();
    if (!head) return conflict('The repository has no commits any more.');
    const before = await beforeMerge(local, merged);
    if (!before)
      return conflict('The merged commit has no parent to go back to.');

    const changes = (await readDiff(local, merged.mergedCommit, before)).filter(
      change => ownsFile(merged.target, change.path),
    );
    if (!changes.length) {
      return conflict('The merged commit changed no file of this target.');
    }
    await local.fetchCommit(head.commit);
    if (await isBack(local, head.commit, changes)) {
      return {
        kind: 'closed',
        message: 'The files are as they were before the merge already.',
      };
    }
    const tip = await local.remoteBranch(merged.branch);
    if (tip && (await this.#isOurs(local, merged, before, changes, tip))) {
      return { kind: 'pushed', base: head.branch, commit: tip };
    }
    if (tip && tip !== merged.target.revert?.headCommit) {
      return conflict(
        `The branch ${merged.branch} holds commits that are not ours.`,
      );
    }
    const commit = await this.#create(
      local,
      merged,
      before,
      changes,
      head.commit,
    );
    if (typeof commit !== 'string') return commit;
    await local.push(merged.branch, commit, tip);
    return { kind: 'pushed', base: head.branch, commit };
  }

  async #create(
    local: LocalRepository,
    merged: Merged,
    before: string,
    changes: TreeChange[],
    parent: string,
  ): Promise<string | { kind: 'conflict'; message: string }> {
    const paths = changes.map(change => change.path);
    const patch = await local.run([
      'diff-tree',
      '-p',
      '--binary',
      '--full-index',
      '--no-renames',
      '--no-ext-diff',
      '--no-textconv',
      merged.mergedCommit,
      before,
      '--',
      ...paths,
    ]);
    try {
      const tree = await applyPatch(local, parent, patch);
      checkScope(merged.target, await readDiff(local, parent, tree), {
        declared: paths,
        patchBytes: patch.length,
        limits: this.#limits,
      });
      return await createCommit(local, {
        tree,
        parent,
        message: revertMessage(
          merged.migration,
          merged.target,
          merged.mergedCommit,
        ),
        identity: this.#identity,
        at: await commitTime(local, merged.mergedCommit),
      });
    } catch (error) {
      const { name, message } = error as Error;
      if (name !== 'ConflictError' && name !== 'InputError') throw error;
      return conflict(
        `What was merged cannot be taken back on the current default branch: ${message}`,
      );
    }
  }

  async #isOurs(
    local: LocalRepository,
    merged: Merged,
    before: string,
    changes: TreeChange[],
    tip: string,
  ): Promise<boolean> {
    await local.fetchCommit(tip);
    const parents = await local.parents(tip);
    if (parents.length !== 1) return false;
    await local.fetchCommit(parents[0]);
    const ours = await this.#create(local, merged, before, changes, parents[0]);
    return ours === tip;
  }
}

function conflict(message: string): { kind: 'conflict'; message: string } {
  return { kind: 'conflict', message };
}

/** Whether every file is as it was before the merge. */
async function isBack(
  local: LocalRepository,
  head: string,
  changes: TreeChange[],
): Promise<boolean> {
  const now = await readBlobIds(
    local,
    head,
    changes.map(change => change.path),
  );
  return changes.every(({ path, newBlob }) =>
    /^0+$/.test(newBlob) ? !now.has(path) : now.get(path) === newBlob,
  );
}

async function commitTime(
  local: LocalRepository,
  commit: string,
): Promise<number> {
  const header = await local.text(['cat-file', 'commit', commit]);
  const seconds = /^committer .* (\d+) [+-]\d{4}$/m.exec(header)?.[1];
  return Number(seconds ?? 0) * 1000;
}
