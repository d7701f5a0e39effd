import { ResponseError } from '@backstage/errors';

/** Per call: a token for calls outside a browser, a signal to give up. */
export interface ApiCallOptions {
  token?: string;
  signal?: AbortSignal;
}

/** The shape of every generated request. */
export interface ApiRequest {
  path?: Record<string, string>;
  query?: object;
  body?: unknown;
}

/**
 * Sends generated requests over HTTP. Works in browsers and in Node: the caller
 * gives `fetch` (the portal's adds the user's token) and the plugin's base URL.
 */
export class ApiTransport {
  readonly #fetch: typeof fetch;
  readonly #getBaseUrl: () => Promise<string>;

  constructor(options: {
    fetch: typeof fetch;
    getBaseUrl: () => Promise<string>;
  }) {
    this.#fetch = options.fetch;
    this.#getBaseUrl = options.getBaseUrl;
  }

  /** Throws ResponseError for every status that is not 2xx. */
  async send<T>(
    method: string,
    template: string,
    request: ApiRequest,
    options?: ApiCallOptions,
  ): Promise<T> {
    const url = (await this.#getBaseUrl()) + fillTemplate(template, request);
    const call = this.#fetch;
    const response = await call(url, {
      method,
      headers: {
        ...(request.body === undefined
          ? {}
          : { 'content-type': 'application/json' }),
        ...(options?.token ? { authorization: `Bearer ${options.token}` } : {}),
      },
      body:
        request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as T;
  }
}

function fillTemplate(template: string, request: ApiRequest): string {
  const path = template.replace(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(request.path?.[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined) {
        search.append(name, String(each));
      }
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
