import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { TargetRecord } from '../database/records';
import { SourceProvider } from '../domain/services';
import { RepositoryCache } from './RepositoryCache';

/**
 * Packs the newest commit of a consumer's default branch with all its trees and blobs, so that
 * a runner needs neither a remote nor a credential. The commit's parents are not in the pack.
 */
export class SourcePack implements SourceProvider {
  readonly #cache: RepositoryCache;
  readonly #directory: string;

  constructor(options: { cache: RepositoryCache; directory: string }) {
    this.#cache = options.cache;
    this.#directory = join(options.directory, 'packs');
  }

  /** Undefined for a repository without commits. */
  async getSource(
    target: TargetRecord,
    signal: AbortSignal,
  ): Promise<
    | { commit: string; defaultBranch: string; pack: NodeJS.ReadableStream }
    | undefined
  > {
    if (!target.repository) {
      throw new InputError('The target has no repository to read from.');
    }
    await mkdir(this.#directory, { recursive: true });
    // A file between git and the runner: a slow runner holds neither a process nor the
    // repository, and a failure is known before the first byte is sent.
    const file = join(this.#directory, `${randomUUID()}.pack`);
    try {
      const tip = await this.#cache.use(
        target.repository,
        signal,
        async local => {
          await rm(file, { force: true });
          const head = await local.defaultBranch();
          if (!head) return undefined;
          await local.fetchCommit(head.commit);
          const objects = await local.run(
            ['rev-list', '--objects', '--no-walk', head.commit],
            { maxOutputBytes: 512 * 1024 * 1024 },
          );
          await local.run(['pack-objects', '--stdout', '--quiet'], {
            input: objects,
            outputFile: file,
          });
          return head;
        },
      );
      if (!tip) return undefined;
      const pack = createReadStream(file);
      pack.once('close', () => rm(file, { force: true }).catch(() => {}));
      return { commit: tip.commit, defaultBranch: tip.branch, pack };
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }
}
