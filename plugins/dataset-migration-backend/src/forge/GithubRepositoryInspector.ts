import { RepositoryInspector } from '../discovery/DiscoveryService';
import { isForgeError } from './ForgeFailure';
import { GithubForge } from './GithubForge';

/** Asks GitHub whether a repository is there and takes changes, one request each. */
export class GithubRepositoryInspector implements RepositoryInspector {
  readonly #forge: Pick<GithubForge, 'getRepository'>;

  constructor(forge: Pick<GithubForge, 'getRepository'>) {
    this.#forge = forge;
  }

  async whyNot(repository: string, signal: AbortSignal) {
    try {
      const { archived, canPush } = await this.#forge.getRepository({
        repository,
        signal,
      });
      if (archived) {
        return {
          reason: 'REPOSITORY_ARCHIVED',
          message: `${repository} is archived: nobody can change it.`,
        };
      }
      return canPush
        ? undefined
        : {
            reason: 'NO_PERMISSION',
            message: `The portal's credentials may not push to ${repository}.`,
          };
    } catch (error) {
      // A forge that is down says nothing about the repository: the run will ask again.
      if (!isForgeError(error) || error.failure.retryable) return undefined;
      return {
        reason: error.failure.signature,
        message: error.failure.message,
      };
    }
  }
}
