import { pipeline } from 'node:stream/promises';
import { AuthenticationError } from '@backstage/errors';
import { migrationReadPermission } from 'backstage-plugin-dataset-migration-common';
import type { Request } from 'express';
import { ApiHandlers } from '../generated/addGeneratedRoutes';
import { runView } from '../service/views';
import { HandlerDependencies } from './HandlerDependencies';
import { requestSignal } from './requests';

const LOG_PAGE = 500;

type RunHandlers = Pick<
  ApiHandlers,
  'getRun' | 'readRunLog' | 'attachRun' | 'getRunSource' | 'reportRun'
>;

/** Runs: for people to follow, for tasks to take, for runners to report. */
export function runHandlers(dependencies: HandlerDependencies): RunHandlers {
  const { access, stores, launcher, reports, sources } = dependencies;
  return {
    async getRun({ request, path }) {
      await access.require(request, migrationReadPermission);
      return runView(await stores.runs.get(path.runId));
    },

    async readRunLog({ request, path, query }) {
      await access.require(request, migrationReadPermission);
      const after = query?.after ?? 0;
      const run = await stores.runs.get(path.runId);
      const lines = await stores.runs.readLog(
        run.id,
        after,
        query?.limit ?? LOG_PAGE,
      );
      return {
        lines: lines.map(({ sequence, attempt, at, line }) => ({
          sequence,
          attempt,
          at,
          line,
        })),
        nextSequence: lines.at(-1)?.sequence ?? after,
        ended: ['succeeded', 'failed', 'cancelled'].includes(run.state),
      };
    },

    async attachRun({ request, path, body }) {
      await access.service(request);
      const { attached, run } = await launcher.attachRun(
        path.runId,
        body.attempt,
        body.taskId,
      );
      return { attached, run: runView(run) };
    },

    async getRunSource({ request, response, path }) {
      const run = await reports.authenticate(path.runId, bearer(request), {
        attempt: Number(request.header('x-run-attempt')),
        token: Number(request.header('x-run-token')),
      });
      const target = await stores.targets.get(run.targetId);
      const source = await sources.getSource(target, requestSignal(response));
      if (!source) {
        response.status(204).end();
        return;
      }
      response.setHeader('content-type', 'application/x-git-pack');
      response.setHeader('x-source-commit', source.commit);
      await pipeline(source.pack, response);
    },

    async reportRun({ request, path, body }) {
      return reports.accept(path.runId, bearer(request), body);
    },
  };
}

/** The attempt's own credential; the portal's tokens are of no use here. */
function bearer(request: Request): string {
  const match = /^Bearer (\S+)$/.exec(request.header('authorization') ?? '');
  if (!match) {
    throw new AuthenticationError('Send the credential of the attempt.');
  }
  return match[1];
}
