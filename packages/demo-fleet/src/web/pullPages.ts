import type { Request, Router } from 'express';
import { findPull } from '../server/findPull';
import type { ForgeContext } from '../server/ForgeContext';
import { pullDetails } from '../server/pullDetails';
import type { PullRecord, RepositoryRecord } from '../store/records';
import { queryOf } from '../rest/requestInput';
import { html, type Html } from './html';
import { repositoryPage, repositoryPath } from './page';
import { pullView } from './pullView';
import { repositoryOf, WebNotFound } from './repositoryOf';

/** The pull request of the path. */
export function webPullOf(
  context: ForgeContext,
  request: Request,
  repository: RepositoryRecord,
): PullRecord {
  const pull = findPull(context, repository, request.params.number);
  if (!pull) {
    throw new WebNotFound();
  }
  return pull;
}

function list(
  repository: RepositoryRecord,
  pulls: readonly PullRecord[],
): Html {
  return html`<div class="box">
    ${pulls.map(
      pull => html`<div class="row">
        <a href="${repositoryPath(repository)}/pull/${pull.number}"
          ><strong>${pull.title}</strong></a
        >
        ${pull.labels.map(name => html`<span class="label">${name}</span>`)}
        <span class="end"
          >#${pull.number} by ${pull.user} ·
          ${pull.mergedAt ? 'merged' : pull.state} · ${pull.headRef}</span
        >
      </div>`,
    )}
    ${pulls.length === 0 && html`<div class="row soft">No pull requests.</div>`}
  </div>`;
}

/** Lists and pages of pull requests. */
export function pullPages(context: ForgeContext, router: Router): void {
  router.get('/:owner/:repo/pulls', (request, response) => {
    const repository = repositoryOf(context, request);
    const pulls = context.store
      .all('pull')
      .filter(pull => pull.repositoryId === repository.id)
      .reverse();
    response.send(
      repositoryPage(
        context,
        repository,
        'pulls',
        'Pull requests',
        html`<h1>Pull requests</h1>
          <h2>Open</h2>
          ${list(
            repository,
            pulls.filter(pull => pull.state === 'open'),
          )}
          <h2>Closed</h2>
          ${list(
            repository,
            pulls.filter(pull => pull.state === 'closed'),
          )}`,
      ),
    );
  });

  router.get(
    '/:owner/:repo/pull/:number(\\d+).:form(diff|patch)',
    async (request, response) => {
      const repository = repositoryOf(context, request);
      const pull = webPullOf(context, request, repository);
      const git = context.repositories.git(repository);
      const from = await git.mergeBase(pull.baseSha, pull.headSha);
      response
        .type('text/plain')
        .send(await git.patch(from ?? pull.baseSha, pull.headSha));
    },
  );

  router.get(
    [
      '/:owner/:repo/pull/:number(\\d+)',
      '/:owner/:repo/pull/:number(\\d+)/files',
      '/:owner/:repo/pull/:number(\\d+)/commits',
    ],
    async (request, response) => {
      const repository = repositoryOf(context, request);
      const pull = webPullOf(context, request, repository);
      const git = context.repositories.git(repository);
      const from =
        (await git.mergeBase(pull.baseSha, pull.headSha)) ?? pull.baseSha;
      response.send(
        repositoryPage(
          context,
          repository,
          'pulls',
          `${pull.title} #${pull.number}`,
          pullView({
            context,
            repository,
            pull,
            details: await pullDetails(context, repository, pull),
            changes: await git.changes(from, pull.headSha),
            commits: await git.commits({
              include: pull.headSha,
              exclude: pull.baseSha,
              limit: 250,
            }),
            problem: queryOf(request, 'problem'),
          }),
        ),
      );
    },
  );
}
