/** Every address that the forge hands out. */
export class ForgeUrls {
  readonly api: string;
  readonly raw: string;

  constructor(readonly base: string) {
    this.api = `${base}/api/v3`;
    this.raw = `${base}/raw`;
  }

  repositoryApi(repository: { owner: string; name: string }): string {
    return `${this.api}/repos/${repository.owner}/${repository.name}`;
  }

  repositoryHtml(repository: { owner: string; name: string }): string {
    return `${this.base}/${repository.owner}/${repository.name}`;
  }

  clone(repository: { owner: string; name: string }): string {
    return `${this.repositoryHtml(repository)}.git`;
  }
}

/** A path or ref with its slashes kept and everything else encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
