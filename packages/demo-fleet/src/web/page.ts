import type { ForgeContext } from '../server/ForgeContext';
import { encodePath } from '../server/ForgeUrls';
import type { RepositoryRecord } from '../store/records';
import { html, Html, type HtmlValue } from './html';
import { STYLES } from './styles';

/** Path of a repository's page. */
export function repositoryPath(repository: RepositoryRecord): string {
  return `/${repository.owner}/${repository.name}`;
}

/** A whole page. */
export function page(
  context: ForgeContext,
  title: string,
  body: HtmlValue,
  head?: HtmlValue,
): string {
  const document = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <style>
        ${new Html(STYLES)}
      </style>
    </head>
    <body>
      <header>
        <strong><a href="/">Demo forge</a></strong>
        <span class="soft">a simulated GitHub</span>
        <span class="who">Acting as ${context.webUser}</span>
      </header>
      ${head}
      <main>${body}</main>
    </body>
  </html>`;
  return `<!doctype html>${document.text}`;
}

/** A page of a repository, with its tabs. */
export function repositoryPage(
  context: ForgeContext,
  repository: RepositoryRecord,
  tab: 'code' | 'commits' | 'branches' | 'pulls',
  title: string,
  body: HtmlValue,
): string {
  const path = repositoryPath(repository);
  const open = context.store
    .all('pull')
    .filter(
      pull => pull.repositoryId === repository.id && pull.state === 'open',
    ).length;
  const tabs = [
    ['code', 'Code', path],
    [
      'commits',
      'Commits',
      `${path}/commits/${encodePath(repository.defaultBranch)}`,
    ],
    ['branches', 'Branches', `${path}/branches`],
    ['pulls', `Pull requests (${open})`, `${path}/pulls`],
  ] as const;
  const navigation = html`<nav aria-label="Repository">
    ${tabs.map(
      ([key, name, address]) =>
        html`<a
          href="${address}"
          ${key === tab ? html`aria-current="page"` : ''}
          >${name}</a
        >`,
    )}
  </nav>`;
  const flags = [
    repository.private && 'Private',
    repository.archived && 'Public archive',
    repository.readOnly && 'Read-only',
  ].filter(Boolean);
  return page(
    context,
    `${title} · ${repository.owner}/${repository.name}`,
    html`<p>
        <a href="/${repository.owner}">${repository.owner}</a> /
        <a href="${path}"><strong>${repository.name}</strong></a>
        ${flags.map(flag => html` <span class="label">${flag}</span>`)}
      </p>
      ${body}`,
    navigation,
  );
}
