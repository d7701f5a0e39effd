import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gitEnvironment } from './gitEnvironment';

/** One request handed to `git http-backend`, which speaks CGI. */
export interface GitHttpRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Parent of the owners' directories. */
  readonly projectRoot: string;
  /** `{owner}/{name}.git` on disk. */
  readonly directory: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  readonly service: string;
  readonly query: string;
  readonly user?: string;
  /** The body where it was read already (then decompressed); the request is piped otherwise. */
  readonly body?: Buffer;
  readonly settings?: readonly (readonly [string, string])[];
  readonly environment?: Record<string, string>;
  /** Called before the response ends, so that what a push changed is known to who gets its answer. */
  readonly beforeEnd?: () => Promise<void>;
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function cgiEnvironment(options: GitHttpRequest): Record<string, string> {
  const { request, body } = options;
  return {
    ...gitEnvironment(options.settings),
    ...options.environment,
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    GIT_PROJECT_ROOT: options.projectRoot,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${options.directory}/${options.service}`,
    REQUEST_METHOD: request.method ?? 'GET',
    QUERY_STRING: options.query,
    CONTENT_TYPE: header(request, 'content-type'),
    CONTENT_LENGTH: body
      ? String(body.length)
      : header(request, 'content-length'),
    HTTP_CONTENT_ENCODING: body ? '' : header(request, 'content-encoding'),
    GIT_PROTOCOL: header(request, 'git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    ...(options.user ? { REMOTE_USER: options.user } : {}),
  };
}

function writeHead(response: ServerResponse, head: string): void {
  let status = 200;
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim();
    if (name.toLowerCase() === 'status') {
      status = parseInt(value, 10) || 500;
    } else if (colon > 0) {
      response.setHeader(name, value);
    }
  }
  response.writeHead(status);
}

/** Runs the request through `git http-backend` and resolves when the response has ended. */
export function gitHttpBackend(options: GitHttpRequest): Promise<void> {
  const { request, response, body } = options;
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], {
      env: cgiEnvironment(options),
    });
    let pending: Buffer | undefined = Buffer.alloc(0);
    child.stdout.on('data', (chunk: Buffer) => {
      if (!pending) {
        if (!response.write(chunk)) {
          child.stdout.pause();
          response.once('drain', () => child.stdout.resume());
        }
        return;
      }
      pending = Buffer.concat([pending, chunk]);
      const end = /\r?\n\r?\n/.exec(pending.toString('latin1'));
      if (end) {
        writeHead(response, pending.toString('latin1', 0, end.index));
        const rest = pending.subarray(end.index + end[0].length);
        pending = undefined;
        response.write(rest);
      }
    });
    child.stderr.resume();
    child.stdin.on('error', () => {});
    child.on('error', reject);
    response.on('close', () => child.kill());
    child.on('close', async () => {
      try {
        await options.beforeEnd?.();
        if (pending && !response.headersSent) {
          response.writeHead(500);
        }
        response.end();
        resolve();
      } catch (error) {
        reject(error);
      }
    });
    if (body) {
      child.stdin.end(body);
    } else {
      request.pipe(child.stdin);
    }
  });
}
