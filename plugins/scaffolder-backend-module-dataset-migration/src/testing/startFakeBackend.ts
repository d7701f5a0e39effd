import { createServer } from 'http';
import { AddressInfo } from 'net';

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization?: string;
  body?: unknown;
}
export interface FakeBackend {
  url: string;
  requests: SeenRequest[];
  close(): Promise<void>;
}

/** A real HTTP server that answers as the dataset migration backend would. */
export async function startFakeBackend(
  answer: (request: SeenRequest) => { status?: number; body: unknown },
): Promise<FakeBackend> {
  const requests: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const text = Buffer.concat(chunks).toString('utf8');
      const seen: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        authorization: request.headers.authorization,
        ...(text && { body: JSON.parse(text) }),
      };
      requests.push(seen);
      const { status = 200, body } = answer(seen);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
