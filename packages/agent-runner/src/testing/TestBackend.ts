import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import {
  parseRunReport,
  RunReport,
} from 'backstage-plugin-dataset-migration-common';

/** The backend's half of a run: serves a pack, and takes checked reports. */
export class TestBackend {
  readonly reports: RunReport[] = [];
  readonly credential = 'a-credential-that-nobody-may-see';
  /** The token that is current; others are answered 409. */
  token = 7;
  source: { commit: string; pack: Buffer } | undefined;
  /** Requests for the source wait until this resolves. */
  hold: Promise<unknown> = Promise.resolve();
  /** Largest patch that a result may hold, in bytes. */
  maxPatchBytes = 1_000_000;
  /** How many reports of a result are answered 503 first. */
  failResults = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(error => {
        response.statusCode = 400;
        response.end(String(error));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/dataset-migration`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** The lines of the log that were reported. */
  get log(): string {
    return this.reports.flatMap(({ lines }) => lines ?? []).join('\n');
  }

  async #answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.headers.authorization !== `Bearer ${this.credential}`) {
      response.writeHead(401).end();
      return;
    }
    if (request.url === '/api/dataset-migration/runs/run-1/source') {
      await this.hold;
      if (request.headers['x-run-token'] !== String(this.token)) {
        response.writeHead(409).end();
      } else if (this.source) {
        response.writeHead(200, {
          'Content-Type': 'application/x-git-pack',
          'X-Source-Commit': this.source.commit,
        });
        response.end(this.source.pack);
      } else {
        response.writeHead(204).end();
      }
      return;
    }
    if (
      request.method === 'POST' &&
      request.url === '/api/dataset-migration/runs/run-1/reports'
    ) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) {
        chunks.push(chunk);
      }
      const report = parseRunReport(
        JSON.parse(Buffer.concat(chunks).toString('utf8')),
        { maxPatchBytes: this.maxPatchBytes },
      );
      if (report.token !== this.token) {
        response.writeHead(409).end();
      } else if (report.kind === 'result' && this.failResults > 0) {
        this.failResults -= 1;
        response.writeHead(503).end();
      } else {
        this.reports.push(report);
        response.writeHead(200).end('{"accepted":true}');
      }
      return;
    }
    response.writeHead(404).end();
  }
}
