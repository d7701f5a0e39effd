import type { Request, Router } from 'express';
import { GithubError } from '../rest/GithubError';
import { changePull } from '../server/changePull';
import type { ForgeContext } from '../server/ForgeContext';
import { mergePull } from '../server/mergePull';
import { submitReview } from '../server/submitReview';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { timestamp } from '../store/timestamp';
import { repositoryPath } from './page';
import { webPullOf } from './pullPages';
import { repositoryOf } from './repositoryOf';

/** Whether the form is one of ours: a page elsewhere must not press the demo user's buttons. */
function fromHere(context: ForgeContext, request: Request): boolean {
  const origin = request.get('origin');
  const { port } = new URL(context.urls.base);
  return (
    origin === undefined ||
    [
      context.urls.base,
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}`,
    ].includes(origin)
  );
}

async function perform(
  context: ForgeContext,
  repository: RepositoryRecord,
  pull: PullRecord,
  action: string,
): Promise<void> {
  if (repository.archived || repository.readOnly) {
    throw new GithubError(403, 'This repository takes no changes.');
  }
  const git = context.repositories.git(repository);
  const common = { context, repository, pull, actor: context.webUser };
  if (action === 'merge') {
    await mergePull({ ...common, method: 'merge' });
  } else if (action === 'approve') {
    if (pull.state === 'open') {
      submitReview({ ...common, event: 'APPROVE' });
    }
  } else if (action === 'close' && pull.state === 'open') {
    await changePull({
      ...common,
      change: { state: 'closed', closedAt: timestamp() },
      action: 'closed',
    });
  } else if (action === 'reopen' && pull.state === 'closed') {
    const head = await git.resolve(`refs/heads/${pull.headRef}`);
    if (pull.mergedAt || !head) {
      throw new GithubError(422, 'The pull request cannot be reopened.');
    }
    await changePull({
      ...common,
      change: { headSha: head, state: 'open', closedAt: undefined },
      action: 'reopened',
    });
  }
}

/** The buttons of a pull request, pressed as the demo's reviewer. */
export function pullActions(context: ForgeContext, router: Router): void {
  router.post(
    '/:owner/:repo/pull/:number(\\d+)/:action(merge|close|reopen|approve)',
    async (request, response) => {
      const repository = repositoryOf(context, request);
      const pull = webPullOf(context, request, repository);
      if (!fromHere(context, request)) {
        response.status(403).type('text/plain').send('Not from here\n');
        return;
      }
      const address = `${repositoryPath(repository)}/pull/${pull.number}`;
      try {
        await perform(context, repository, pull, request.params.action);
        response.redirect(303, address);
      } catch (error) {
        if (!(error instanceof GithubError)) {
          throw error;
        }
        response.redirect(
          303,
          `${address}?problem=${encodeURIComponent(error.message)}`,
        );
      }
    },
  );
}
