import { createHmac, randomUUID } from 'node:crypto';
import type { ForgeLog } from '../log/ForgeLog';

/** Where deliveries go and what signs them. */
export interface WebhookTarget {
  readonly url: string;
  readonly secret?: string;
  /** Event names, or `*` for all. */
  readonly events: readonly string[];
  readonly id: number;
}

const TIMEOUT_MS = 10_000;

/** `sha256=<hex>` of a body, as in `X-Hub-Signature-256`. */
export function signBody(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Delivers events as GitHub does: once, signed, without waiting, and without redelivery after a failure. */
export class WebhookSender {
  readonly #log: ForgeLog;
  readonly #running = new Set<Promise<void>>();

  constructor(log: ForgeLog) {
    this.#log = log;
  }

  send(
    targets: readonly WebhookTarget[],
    event: string,
    payload: Record<string, unknown>,
    repository: string,
  ): void {
    for (const target of targets) {
      if (target.events.includes('*') || target.events.includes(event)) {
        const delivery = this.#deliver(target, event, payload, repository);
        this.#running.add(delivery);
        delivery.finally(() => this.#running.delete(delivery));
      }
    }
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
    }
  }

  async #deliver(
    target: WebhookTarget,
    event: string,
    payload: Record<string, unknown>,
    repository: string,
  ): Promise<void> {
    const delivery = randomUUID();
    const body = JSON.stringify(payload);
    const details = {
      event,
      action: payload.action,
      delivery,
      url: target.url,
      repository,
    };
    const started = Date.now();
    try {
      const response = await fetch(target.url, {
        method: 'POST',
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'Content-Type': 'application/json',
          'User-Agent': 'GitHub-Hookshot/demo',
          'X-GitHub-Event': event,
          'X-GitHub-Delivery': delivery,
          'X-GitHub-Hook-ID': String(target.id),
          'X-GitHub-Hook-Installation-Target-Type': 'repository',
          ...(target.secret
            ? { 'X-Hub-Signature-256': signBody(target.secret, body) }
            : {}),
        },
      });
      await response.arrayBuffer();
      this.#log.write('delivery', {
        ...details,
        status: response.status,
        ms: Date.now() - started,
      });
    } catch (error) {
      this.#log.write('delivery', {
        ...details,
        error: error instanceof Error ? error.message : String(error),
        ms: Date.now() - started,
      });
    }
  }
}
