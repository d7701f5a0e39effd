import { LoggerService } from '@backstage/backend-plugin-api';
import { TargetRecord } from '../database/records';
import { Stores } from '../database/stores';
import { repositoryKey } from '../domain/repositoryKey';
import { PullRequestFollower } from '../domain/services';
import { GithubForge } from '../forge/GithubForge';
import { parseGithubEvent } from './parseGithubEvent';

export interface GithubEventOptions {
  targets: Pick<Stores['targets'], 'findByPullRequest' | 'iterate'>;
  follower: PullRequestFollower;
  forge: Pick<GithubForge, 'knowsHost'>;
  logger: LoggerService;
}

/**
 * Takes a webhook as a hint: looks at the targets it may be about, on the forge and not in the
 * payload. It never fails, because the scheduled slice looks at them anyway.
 *
 * @returns how many targets were looked at
 */
export async function handleGithubEvent(
  options: GithubEventOptions,
  topic: string,
  payload: unknown,
  signal: AbortSignal,
): Promise<number> {
  const hint = parseGithubEvent(topic, payload);
  if (!hint || !options.forge.knowsHost(hint.host)) return 0;
  const repository = `${hint.host}/${hint.fullName}`;
  let followed = 0;
  try {
    for (const target of await findTargets(options, repository, hint)) {
      signal.throwIfAborted();
      await options.follower.follow(target, signal);
      followed += 1;
    }
  } catch (error) {
    options.logger.warn('A webhook could not be followed up', {
      topic,
      repository,
      error: String(error),
    });
  }
  return followed;
}

async function findTargets(
  options: GithubEventOptions,
  repository: string,
  hint: { numbers: number[]; branches: string[] },
): Promise<TargetRecord[]> {
  const found = new Map<string, TargetRecord>();
  for (const number of hint.numbers) {
    const target = await options.targets.findByPullRequest(repository, number);
    if (target) found.set(target.id, target);
  }
  const branches = hint.branches.filter(branch =>
    branch.startsWith('dataset-migration/'),
  );
  if (found.size === 0 && branches.length > 0) {
    const filter = { state: ['open', 'reverting'] };
    for await (const batch of options.targets.iterate(filter)) {
      for (const target of batch) {
        const ours = [target.branch, target.revert?.branch];
        if (
          repositoryKey(target.repository) === repositoryKey(repository) &&
          branches.some(branch => ours.includes(branch))
        ) {
          found.set(target.id, target);
        }
      }
    }
  }
  return [...found.values()];
}
