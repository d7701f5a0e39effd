/** What the tour's reviewer does on the forge, over its REST API. */
export class TourForge {
  readonly #api: string;
  readonly #token: string;

  constructor(forge: string, token: string) {
    this.#api = `${forge}/api/v3`;
    this.#token = token;
  }

  /** Merges as a person would; waits where the forge says that it is too fast. */
  async merge(repository: string, pullRequest: number): Promise<void> {
    const [, owner, name] = repository.split('/');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const response = await fetch(
        `${this.#api}/repos/${owner}/${name}/pulls/${pullRequest}/merge`,
        {
          method: 'PUT',
          headers: {
            authorization: `token ${this.#token}`,
            'content-type': 'application/json',
          },
          body: JSON.stringify({ merge_method: 'merge' }),
        },
      );
      if (response.ok) return;
      const wait = Number(response.headers.get('retry-after') ?? 0);
      if (![403, 429].includes(response.status) || !wait) {
        throw new Error(
          `${repository}#${pullRequest} could not be merged: ${
            response.status
          } ${await response.text()}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, wait * 1000));
    }
    throw new Error(`${repository}#${pullRequest}: the forge stays too busy.`);
  }
}
