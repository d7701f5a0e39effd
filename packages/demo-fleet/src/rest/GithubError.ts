/** One entry of `errors` in a validation error. */
export interface GithubErrorDetail {
  readonly resource: string;
  readonly field?: string;
  readonly code: string;
  readonly message?: string;
  readonly value?: string;
}

/** An answer other than success, in GitHub's own shape. Not a Backstage error: clients match on this text. */
export class GithubError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors?: readonly GithubErrorDetail[],
    readonly documentationUrl = 'https://docs.github.com/rest',
  ) {
    super(message);
    this.name = 'GithubError';
  }

  body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.errors ? { errors: this.errors } : {}),
      documentation_url: this.documentationUrl,
      status: String(this.status),
    };
  }
}

/** 422 with one detail, the way GitHub refuses a request it understood. */
export function validationFailed(detail: GithubErrorDetail): GithubError {
  return new GithubError(422, 'Validation Failed', [detail]);
}

export function notFound(): GithubError {
  return new GithubError(404, 'Not Found');
}
