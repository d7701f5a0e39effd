import { RunJob, RunReport } from 'backstage-plugin-dataset-migration-common';
import { RunFailure } from '../run/RunFailure';
import { StaleAttemptError } from '../run/StaleAttemptError';

const SOURCE_TRIES = 4;

/**
 * The two calls of the backend that a runner makes, with the credential of its
 * attempt. The credential is sent to the backend only: redirects are errors.
 */
export class RunClient {
  readonly #base: string;
  readonly #job: RunJob;
  readonly #credential: string;

  constructor(job: RunJob, credential: string) {
    this.#job = job;
    this.#credential = credential;
    this.#base = `${job.backendUrl.replace(
      /\/+$/,
      '',
    )}/runs/${encodeURIComponent(job.run.id)}`;
  }

  /**
   * The repository as a git pack, or undefined where it is empty.
   *
   * @throws StaleAttemptError, RunFailure
   */
  async fetchSource(
    signal: AbortSignal,
  ): Promise<{ commit: string; pack: ReadableStream<Uint8Array> } | undefined> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.#try(signal, `${this.#base}/source`, {
        headers: {
          'X-Run-Attempt': String(this.#job.run.attempt),
          'X-Run-Token': String(this.#job.run.token),
        },
      });
      if (response?.status === 204) {
        return undefined;
      }
      const commit = response?.headers.get('x-source-commit') ?? '';
      if (response?.ok && response.body) {
        if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) {
          throw new RunFailure(
            'SOURCE_INVALID',
            'The backend did not name the commit of the source',
            false,
          );
        }
        return { commit, pack: response.body };
      }
      await response?.body?.cancel();
      const final = response && !isRetryable(response.status);
      if (final || tries >= SOURCE_TRIES) {
        throw new RunFailure(
          'SOURCE_UNAVAILABLE',
          response
            ? `The backend answered the request for the source with ${response.status}`
            : 'The backend could not be reached for the source',
          !final,
        );
      }
      await pause(delayOf(response, tries), signal);
    }
  }

  /**
   * Sends one report.
   *
   * @returns whether the backend took it; false is worth another try.
   * @throws StaleAttemptError, RunFailure where it is refused for good.
   */
  async report(
    report: Omit<RunReport, 'attempt' | 'token'>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { attempt, token } = this.#job.run;
    const response = await this.#try(signal, `${this.#base}/reports`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ attempt, token, ...report }),
    });
    const text = await response?.text().catch(() => '');
    if (response?.ok) {
      return true;
    }
    if (response && !isRetryable(response.status)) {
      throw new RunFailure(
        'REPORT_REFUSED',
        `The backend refused a report with ${response.status}: ${(
          text ?? ''
        ).slice(0, 500)}`,
        false,
      );
    }
    return false;
  }

  /** The response, or undefined where there is none. */
  async #try(
    signal: AbortSignal,
    url: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Response | undefined> {
    let response: Response;
    try {
      response = await fetch(url, {
        ...init,
        headers: {
          ...init.headers,
          Authorization: `Bearer ${this.#credential}`,
        },
        redirect: 'error',
        signal,
      });
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
    if (response.status === 409 || response.status === 401) {
      await response.body?.cancel();
      throw new StaleAttemptError(
        response.status === 409
          ? 'A later attempt has taken over'
          : 'The credential of this attempt is not known',
      );
    }
    return response;
  }
}

function isRetryable(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

function delayOf(response: Response | undefined, tries: number): number {
  const after = Number(response?.headers.get('retry-after'));
  return after > 0 ? Math.min(after, 60) * 1000 : 250 * 2 ** tries;
}

/** Waits, or throws when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      if (signal.aborted) {
        reject(signal.reason);
      } else {
        resolve();
      }
    }
    signal.addEventListener('abort', done);
  });
}
