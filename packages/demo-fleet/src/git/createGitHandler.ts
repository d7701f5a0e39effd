import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { gunzipSync } from 'node:zlib';
import { applyRefUpdate } from '../server/applyRefUpdate';
import type { ForgeAccount } from '../server/ForgeAccounts';
import type { ForgeContext } from '../server/ForgeContext';
import type { RepositoryRecord } from '../store/records';
import { gitHttpBackend } from './gitHttpBackend';
import { receivePackCommands, type RefCommand } from './receivePackCommands';
import { ZERO_SHA } from './refNames';

const ROUTE =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;
// A demo repository is small; this only keeps a runaway client from filling memory.
const MOST_BYTES = 512 * 1024 * 1024;

interface GitAccess {
  readonly repository: RepositoryRecord;
  readonly account?: ForgeAccount;
  readonly service: string;
  readonly pushes: boolean;
}

function refuse(response: Response, status: number, text: string): void {
  if (status === 401) {
    response.setHeader('WWW-Authenticate', 'Basic realm="GitHub"');
  }
  response.status(status).type('text/plain').send(`${text}\n`);
}

/** Decides as GitHub does; undefined where an answer was sent. */
function accessOf(
  context: ForgeContext,
  request: Request,
  response: Response,
  match: RegExpExecArray,
): GitAccess | undefined {
  const [, owner, name, service] = match;
  const pushes =
    service === 'git-receive-pack' ||
    request.query.service === 'git-receive-pack';
  const result = context.accounts.authenticate(request.get('authorization'));
  const repository = context.repositories.find(owner, name);
  const account = result.kind === 'account' ? result.account : undefined;
  if (result.kind === 'invalid') {
    refuse(response, 401, 'Invalid username or token.');
    return undefined;
  }
  // Without credentials a private repository and a missing one look the same.
  if (!account && (!repository || repository.private || pushes)) {
    refuse(response, 401, 'Authentication required.');
    return undefined;
  }
  if (!repository) {
    refuse(response, 404, 'Repository not found.');
    return undefined;
  }
  if (pushes && repository.archived) {
    refuse(response, 403, 'This repository was archived so it is read-only.');
    return undefined;
  }
  if (pushes && repository.readOnly) {
    refuse(response, 403, 'Write access to repository not granted.');
    return undefined;
  }
  return { repository, account, service, pushes };
}

async function readBody(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      throw new Error('The push is too large');
    }
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  return request.get('content-encoding') === 'gzip'
    ? gunzipSync(body, { maxOutputLength: MOST_BYTES })
    : body;
}

async function announce(
  context: ForgeContext,
  access: GitAccess,
  commands: readonly RefCommand[],
): Promise<void> {
  const git = context.repositories.git(access.repository);
  const actor = access.account?.login ?? '';
  const results: Record<string, string> = {};
  const updates: RefCommand[] = [];
  for (const command of commands) {
    const now = (await git.ref(command.ref))?.sha ?? ZERO_SHA;
    const applied = now === command.newSha && now !== command.oldSha;
    results[command.ref] = applied ? 'updated' : 'refused';
    if (applied) {
      updates.push(command);
    }
  }
  if (commands.length > 0) {
    context.log.write('push', {
      actor,
      repository: `${access.repository.owner}/${access.repository.name}`,
      refs: results,
    });
  }
  for (const update of updates) {
    await applyRefUpdate(context, access.repository, update, actor);
  }
}

async function serve(
  context: ForgeContext,
  request: Request,
  response: Response,
  access: GitAccess,
): Promise<void> {
  const body =
    access.service === 'git-receive-pack' ? await readBody(request) : undefined;
  const commands = body ? receivePackCommands(body) : [];
  const [, query = ''] = request.originalUrl.split('?');
  await gitHttpBackend({
    request,
    response,
    projectRoot: context.repositories.projectRoot,
    directory: context.repositories.directory(access.repository),
    service: access.service,
    query,
    user: access.account?.login,
    body,
    settings: [['core.hooksPath', context.hooksDir]],
    environment: {
      FORGE_PROTECTED: access.repository.protectedBranches
        .map(branch => branch.name)
        .join(' '),
    },
    beforeEnd: () => announce(context, access, commands),
  });
}

/** Git over smart HTTP, with GitHub's answers about access before git itself is asked. */
export function createGitHandler(context: ForgeContext): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const match = ROUTE.exec(request.path);
    if (!match) {
      next();
      return;
    }
    const access = accessOf(context, request, response, match);
    response.once('close', () =>
      context.log.write('git', {
        actor: access?.account?.login,
        repository: `${match[1]}/${match[2]}`,
        service: match[3],
        protocol: request.get('git-protocol'),
        status: response.statusCode,
      }),
    );
    if (access) {
      serve(context, request, response, access).catch(next);
    }
  };
}
