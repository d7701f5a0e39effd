import type { Router } from 'express';
import { findAtRef } from '../server/findAtRef';
import type { ForgeContext } from '../server/ForgeContext';
import { encodePath } from '../server/ForgeUrls';
import type { RepositoryRecord } from '../store/records';
import { commitList } from './commitList';
import { diffView } from './diffView';
import { html, type Html } from './html';
import { markdown } from './markdown';
import { repositoryPage, repositoryPath } from './page';
import { repositoryOf, WebNotFound } from './repositoryOf';

function crumbs(repository: RepositoryRecord, ref: string, path: string): Html {
  const base = `${repositoryPath(repository)}/tree/${encodePath(ref)}`;
  const parts = path.split('/').filter(Boolean);
  return html`<p class="mono">
    <span class="label">${ref}</span> <a href="${base}">${repository.name}</a>
    ${parts.map(
      (part, index) =>
        html`/
          <a href="${base}/${encodePath(parts.slice(0, index + 1).join('/'))}"
            >${part}</a
          >`,
    )}
  </p>`;
}

async function folder(
  context: ForgeContext,
  repository: RepositoryRecord,
  place: { ref: string; commit: string; path: string },
): Promise<Html> {
  const git = context.repositories.git(repository);
  const entries = await git.tree(
    place.path ? `${place.commit}:${place.path}` : place.commit,
  );
  entries.sort(
    (a, b) =>
      Number(b.type === 'tree') - Number(a.type === 'tree') ||
      a.path.localeCompare(b.path),
  );
  const base = repositoryPath(repository);
  const readme = entries.find(
    entry => entry.type === 'blob' && /^readme\.md$/i.test(entry.path),
  );
  const within = place.path ? `${place.path}/` : '';
  return html`${crumbs(repository, place.ref, place.path)}
    <div class="box">
      ${entries.map(
        entry => html`<div class="row">
          <a
            href="${base}/${entry.type === 'tree'
              ? 'tree'
              : 'blob'}/${encodePath(place.ref)}/${encodePath(
              within + entry.path,
            )}"
            >${entry.path}${entry.type === 'tree' && '/'}</a
          >
          <span class="end"
            >${entry.size === undefined ? '' : `${entry.size} bytes`}</span
          >
        </div>`,
      )}
    </div>
    ${readme &&
    html`<section class="box" aria-label="Readme">
      <div class="head">${readme.path}</div>
      <div class="pad body">
        ${markdown((await git.blob(readme.sha)).toString('utf8'))}
      </div>
    </section>`}`;
}

function fileText(content: Buffer): Html {
  if (content.includes(0)) {
    return html`<div class="pad soft">
      Binary file, ${content.length} bytes.
    </div>`;
  }
  const lines = content.toString('utf8').replace(/\n$/, '').split('\n');
  return html`<table class="diff mono">
    ${lines.map(
      (line, index) =>
        html`<tr id="L${index + 1}">
          <td class="n">${index + 1}</td>
          <td>${line}</td>
        </tr>`,
    )}
  </table>`;
}

/** Files, commits, branches and comparisons. */
export function codePages(context: ForgeContext, router: Router): void {
  router.get('/:owner/:repo', async (request, response) => {
    const repository = repositoryOf(context, request);
    const git = context.repositories.git(repository);
    const ref = repository.defaultBranch;
    const commit = await git.resolve(`refs/heads/${ref}`);
    const clone = html`<p class="soft">
      ${repository.description}
      <code>git clone ${context.urls.clone(repository)}</code>
    </p>`;
    response.send(
      repositoryPage(
        context,
        repository,
        'code',
        repository.name,
        html`${clone}
        ${commit
          ? await folder(context, repository, { ref, commit, path: '' })
          : html`<div class="box pad">This repository is empty.</div>`}`,
      ),
    );
  });

  router.get(
    ['/:owner/:repo/tree/:rest(.+)', '/:owner/:repo/blob/:rest(.+)'],
    async (request, response) => {
      const repository = repositoryOf(context, request);
      const place = await findAtRef(context, repository, request.params.rest);
      if (!place) {
        throw new WebNotFound();
      }
      const git = context.repositories.git(repository);
      const body =
        place.entry?.type === 'blob'
          ? html`${crumbs(repository, place.ref, place.path)}
              <section class="box" aria-label="${place.path}">
                ${fileText(await git.blob(place.entry.sha))}
              </section>`
          : await folder(context, repository, place);
      response.send(
        repositoryPage(
          context,
          repository,
          'code',
          place.path || place.ref,
          body,
        ),
      );
    },
  );

  router.get('/:owner/:repo/commits/:ref(.+)?', async (request, response) => {
    const repository = repositoryOf(context, request);
    const git = context.repositories.git(repository);
    const ref = request.params.ref || repository.defaultBranch;
    const sha = await git.resolve(ref);
    const commits = sha ? await git.commits({ include: sha, limit: 100 }) : [];
    response.send(
      repositoryPage(
        context,
        repository,
        'commits',
        'Commits',
        html`<h1>Commits on <span class="mono">${ref}</span></h1>
          ${commitList(repository, commits)}`,
      ),
    );
  });

  router.get('/:owner/:repo/commit/:sha', async (request, response) => {
    const repository = repositoryOf(context, request);
    const git = context.repositories.git(repository);
    const sha = await git.resolve(request.params.sha);
    if (!sha) {
      throw new WebNotFound();
    }
    const [commit] = await git.commits({ include: sha, limit: 1 });
    const from = commit.parents[0] ?? (await git.emptyTree());
    const [title, ...rest] = commit.message.split('\n');
    response.send(
      repositoryPage(
        context,
        repository,
        'commits',
        title,
        html`<h1>${title}</h1>
          <pre>${rest.join('\n').trim()}</pre>
          <p class="soft">
            ${commit.author.name}, ${commit.author.date} · <code>${sha}</code>
          </p>
          ${diffView(await git.changes(from, sha))}`,
      ),
    );
  });

  router.get('/:owner/:repo/branches', async (request, response) => {
    const repository = repositoryOf(context, request);
    const path = repositoryPath(repository);
    const refs = await context.repositories.git(repository).refs('refs/heads/');
    const names = refs.map(ref => ref.name.slice('refs/heads/'.length));
    response.send(
      repositoryPage(
        context,
        repository,
        'branches',
        'Branches',
        html`<h1>Branches</h1>
          <div class="box">
            ${names.map(
              name => html`<div class="row">
                <a href="${path}/tree/${encodePath(name)}">${name}</a>
                ${repository.protectedBranches.some(
                  branch => branch.name === name,
                ) && html`<span class="label">Protected</span>`}
                ${name === repository.defaultBranch
                  ? html`<span class="label">Default</span>`
                  : html`<a
                      class="end"
                      href="${path}/compare/${encodePath(
                        repository.defaultBranch,
                      )}...${encodePath(name)}"
                      >Compare</a
                    >`}
              </div>`,
            )}
            ${names.length === 0 &&
            html`<div class="row soft">No branches.</div>`}
          </div>`,
      ),
    );
  });

  router.get(
    '/:owner/:repo/compare/:basehead(.+)',
    async (request, response) => {
      const repository = repositoryOf(context, request);
      const git = context.repositories.git(repository);
      const [base = '', head = ''] = request.params.basehead.split('...');
      const from = await git.resolve(base);
      const to = await git.resolve(head);
      const common = from && to && (await git.mergeBase(from, to));
      if (!from || !to || !common) {
        throw new WebNotFound();
      }
      response.send(
        repositoryPage(
          context,
          repository,
          'branches',
          `Comparing ${base}...${head}`,
          html`<h1>Comparing <span class="mono">${base}...${head}</span></h1>
            ${commitList(
              repository,
              await git.commits({ include: to, exclude: from, limit: 100 }),
            )}
            ${diffView(await git.changes(common, to))}`,
        ),
      );
    },
  );
}
