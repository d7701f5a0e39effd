import type { Response, Router } from 'express';
import type { GitRepository, GitTreeEntry } from '../../git/GitRepository';
import { isSha } from '../../git/refNames';
import type { ForgeContext } from '../../server/ForgeContext';
import { encodePath } from '../../server/ForgeUrls';
import type { RepositoryRecord } from '../../store/records';
import { GithubError, notFound } from '../GithubError';
import { queryOf } from '../requestInput';
import { gitCommitShape } from '../shapes/commitShape';
import { nodeId } from '../shapes/userShape';
import { readableRepository } from '../viewer';

interface Place {
  readonly repository: RepositoryRecord;
  readonly ref: string;
}

function entryType(entry: GitTreeEntry): string {
  if (entry.type === 'tree') {
    return 'dir';
  }
  if (entry.type === 'commit') {
    return 'submodule';
  }
  return entry.mode === '120000' ? 'symlink' : 'file';
}

function entryShape(context: ForgeContext, place: Place, entry: GitTreeEntry) {
  const { repository, ref } = place;
  const api = context.urls.repositoryApi(repository);
  const path = encodePath(entry.path);
  const query = `?ref=${encodeURIComponent(ref)}`;
  const self = `${api}/contents/${path}${query}`;
  const tree = entry.type === 'tree';
  const html = `${context.urls.repositoryHtml(repository)}/${
    tree ? 'tree' : 'blob'
  }/${encodePath(ref)}/${path}`;
  const git = `${api}/git/${tree ? 'trees' : 'blobs'}/${entry.sha}`;
  return {
    type: entryType(entry),
    name: entry.path.split('/').pop() ?? entry.path,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url: tree
      ? null
      : `${context.urls.raw}/${repository.owner}/${
          repository.name
        }/${encodePath(ref)}/${path}`,
    _links: { self, git, html },
  };
}

async function sendFile(
  context: ForgeContext,
  place: Place,
  entry: GitTreeEntry,
  git: GitRepository,
  accept: string,
  response: Response,
): Promise<void> {
  const content = await git.blob(entry.sha);
  if (/\.raw\b/.test(accept)) {
    response.type('application/vnd.github.raw').send(content);
    return;
  }
  const shape = entryShape(context, place, entry);
  if (shape.type === 'symlink') {
    response.json({ ...shape, target: content.toString('utf8') });
    return;
  }
  response.json({
    ...shape,
    content: content.toString('base64'),
    encoding: 'base64',
  });
}

/** Contents by path, and trees, blobs and commits of the git database. */
export function contentRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo';

  router.get(
    [`${base}/contents`, `${base}/contents/:path(.*)`],
    async (request, response) => {
      const repository = readableRepository(context, request, response);
      const git = context.repositories.git(repository);
      const ref = queryOf(request, 'ref') || repository.defaultBranch;
      const commit = await git.resolve(ref);
      if (!commit) {
        throw (await git.refs('refs/heads/')).length === 0
          ? new GithubError(404, 'This repository is empty.')
          : new GithubError(404, `No commit found for the ref ${ref}`);
      }
      const path = (request.params.path ?? '').replace(/^\/+|\/+$/g, '');
      const place = { repository, ref };
      if (path.split('/').some(part => part === '.' || part === '..')) {
        throw notFound();
      }
      if (path) {
        const [entry] = await git.tree(commit, { path });
        if (!entry) {
          throw notFound();
        }
        if (entry.type === 'blob') {
          const accept = request.get('accept') ?? '';
          await sendFile(context, place, entry, git, accept, response);
          return;
        }
        if (entry.type === 'commit') {
          response.json({
            ...entryShape(context, place, entry),
            submodule_git_url: '',
          });
          return;
        }
      }
      const entries = await git.tree(path ? `${commit}:${path}` : commit);
      response.json(
        entries.map(entry =>
          entryShape(context, place, {
            ...entry,
            path: path ? `${path}/${entry.path}` : entry.path,
          }),
        ),
      );
    },
  );

  router.get(`${base}/git/trees/:ref(.+)`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    const { ref } = request.params;
    const type = isSha(ref) ? await git.objectType(ref) : undefined;
    const treeish = type === 'tree' ? ref : await git.resolve(ref);
    if (!treeish) {
      throw notFound();
    }
    const api = context.urls.repositoryApi(repository);
    const entries = await git.tree(treeish, {
      recursive: queryOf(request, 'recursive') !== undefined,
    });
    response.json({
      sha: type === 'tree' ? ref : await git.treeOf(treeish),
      url: `${api}/git/trees/${treeish}`,
      tree: entries.map(entry => ({
        path: entry.path,
        mode: entry.mode,
        type: entry.type,
        sha: entry.sha,
        ...(entry.size === undefined ? {} : { size: entry.size }),
        url: `${api}/git/${entry.type}s/${entry.sha}`,
      })),
      truncated: false,
    });
  });

  router.get(`${base}/git/blobs/:sha`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    const { sha } = request.params;
    if ((await git.objectType(sha)) !== 'blob') {
      throw notFound();
    }
    const content = await git.blob(sha);
    if (/\.raw\b/.test(request.get('accept') ?? '')) {
      response.type('application/vnd.github.raw').send(content);
      return;
    }
    response.json({
      sha,
      node_id: nodeId('Blob', `${repository.id}:${sha}`),
      url: `${context.urls.repositoryApi(repository)}/git/blobs/${sha}`,
      size: content.length,
      content: content.toString('base64'),
      encoding: 'base64',
    });
  });

  router.get(`${base}/git/commits/:sha`, async (request, response) => {
    const repository = readableRepository(context, request, response);
    const git = context.repositories.git(repository);
    if ((await git.objectType(request.params.sha)) !== 'commit') {
      throw notFound();
    }
    const [commit] = await git.commits({
      include: request.params.sha,
      limit: 1,
    });
    response.json(gitCommitShape(context, repository, commit));
  });

  router.get(
    [`${base}/tarball`, `${base}/tarball/:ref(.*)`],
    async (request, response) => {
      const repository = readableRepository(context, request, response);
      const ref = request.params.ref || repository.defaultBranch;
      const sha = await context.repositories.git(repository).resolve(ref);
      if (!sha) {
        throw notFound();
      }
      response.redirect(
        302,
        `${context.urls.base}/_codeload/${repository.owner}/${repository.name}/legacy.tar.gz/${sha}`,
      );
    },
  );
}
