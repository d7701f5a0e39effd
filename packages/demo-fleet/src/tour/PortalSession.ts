import {
  ApiTransport,
  DatasetMigrationApiClient,
} from 'backstage-plugin-dataset-migration-common';

/** One signed-in demo user of a running portal. */
export class PortalSession {
  readonly api: DatasetMigrationApiClient;
  readonly #portal: string;
  readonly #provider: string;
  #token?: { value: string; until: number };

  /** @param options - `provider`: one of the demo's sign-in providers, such as `demo-owner` */
  constructor(options: { portal: string; provider: string }) {
    this.#portal = options.portal;
    this.#provider = options.provider;
    this.api = new DatasetMigrationApiClient(
      new ApiTransport({
        fetch: async (input, init) => {
          const headers = new Headers(init?.headers);
          headers.set('authorization', `Bearer ${await this.token()}`);
          return fetch(input, { ...init, headers });
        },
        getBaseUrl: async () => `${this.#portal}/api/dataset-migration`,
      }),
    );
  }

  /** The portal's own token, as its sign-in page gets it; renewed before it ends. */
  async token(): Promise<string> {
    if (this.#token && this.#token.until > Date.now() + 60_000) {
      return this.#token.value;
    }
    const response = await fetch(
      `${this.#portal}/api/auth/${this.#provider}/refresh?env=development`,
      { headers: { 'x-requested-with': 'XMLHttpRequest' } },
    );
    if (!response.ok) {
      throw new Error(
        `Signing in through ${this.#provider} failed with ${
          response.status
        }: ${await response.text()}`,
      );
    }
    const { backstageIdentity } = await response.json();
    this.#token = {
      value: backstageIdentity.token,
      until: Date.now() + 10 * 60_000,
    };
    return this.#token.value;
  }
}
