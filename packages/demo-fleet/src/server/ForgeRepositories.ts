import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { GitRepository } from '../git/GitRepository';
import { isRefName } from '../git/refNames';
import { gitText } from '../git/runGit';
import type { ForgeStore } from '../store/ForgeStore';
import type { RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import type { CreateRepositoryOptions } from './ForgeOptions';

function protections(
  options: Partial<CreateRepositoryOptions>,
): RepositoryRecord['protectedBranches'] | undefined {
  return options.protectedBranches?.map(branch =>
    typeof branch === 'string'
      ? { name: branch, requiredApprovals: 0, requiredChecks: [] }
      : {
          name: branch.name,
          requiredApprovals: branch.requiredApprovals ?? 0,
          requiredChecks: branch.requiredChecks ?? [],
        },
  );
}

/** The repositories: their records and where their git data is. */
export class ForgeRepositories {
  readonly #store: ForgeStore;
  readonly #organization: string;

  constructor(
    store: ForgeStore,
    /** Parent of the owners' directories. */
    readonly projectRoot: string,
    organization: string,
  ) {
    this.#store = store;
    this.#organization = organization;
  }

  all(): RepositoryRecord[] {
    return this.#store.all('repository');
  }

  find(owner: string, name: string): RepositoryRecord | undefined {
    const [wantedOwner, wantedName] = [owner.toLowerCase(), name.toLowerCase()];
    return this.all().find(
      repository =>
        repository.owner.toLowerCase() === wantedOwner &&
        repository.name.toLowerCase() === wantedName,
    );
  }

  directory(repository: { owner: string; name: string }): string {
    return `${repository.owner}/${repository.name}.git`;
  }

  git(repository: { owner: string; name: string }): GitRepository {
    return new GitRepository(
      join(this.projectRoot, this.directory(repository)),
    );
  }

  async create(options: CreateRepositoryOptions): Promise<RepositoryRecord> {
    const owner = options.owner ?? this.#organization;
    for (const part of [owner, options.name]) {
      // These become a directory and a URL.
      if (!/^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(part)) {
        throw new InputError(`Not a name for a repository: ${part}`);
      }
    }
    if (/\.git$/i.test(options.name)) {
      throw new InputError('A repository name cannot end with .git');
    }
    const known = this.find(owner, options.name);
    const now = timestamp();
    const record: RepositoryRecord = known ?? {
      id: this.#store.nextId(),
      owner,
      name: options.name,
      private: false,
      archived: false,
      readOnly: false,
      defaultBranch: 'main',
      protectedBranches: [],
      topics: [],
      createdAt: now,
      updatedAt: now,
      pushedAt: now,
    };
    return this.update(record, options);
  }

  async update(
    record: RepositoryRecord,
    changes: Partial<CreateRepositoryOptions>,
  ): Promise<RepositoryRecord> {
    const updated: RepositoryRecord = {
      ...record,
      description: changes.description ?? record.description,
      private: changes.private ?? record.private,
      archived: changes.archived ?? record.archived,
      readOnly: changes.readOnly ?? record.readOnly,
      defaultBranch: changes.defaultBranch ?? record.defaultBranch,
      protectedBranches: protections(changes) ?? record.protectedBranches,
      topics: changes.topics ?? record.topics,
      updatedAt: timestamp(),
    };
    for (const branch of [
      updated.defaultBranch,
      ...updated.protectedBranches.map(({ name }) => name),
    ]) {
      if (!isRefName(branch)) {
        throw new InputError(`Not a branch name: ${branch}`);
      }
    }
    const { gitDir } = this.git(updated);
    const head = `refs/heads/${updated.defaultBranch}`;
    if (!existsSync(join(gitDir, 'HEAD'))) {
      await mkdir(gitDir, { recursive: true });
      await gitText(['init', '--bare', '--quiet', '--template=', gitDir]);
    }
    await gitText(['symbolic-ref', 'HEAD', head], { gitDir });
    return this.#store.put('repository', updated);
  }
}
