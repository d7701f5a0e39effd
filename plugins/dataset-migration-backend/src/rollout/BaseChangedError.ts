import { CustomErrorBase } from '@backstage/errors';

/** Files under an approved change are no longer what the approval was about: simulate again. */
export class BaseChangedError extends CustomErrorBase {
  name = 'BaseChangedError' as const;
  readonly paths: string[];

  constructor(paths: string[]) {
    super(
      `These files changed since the simulation: ${paths
        .slice(0, 10)
        .join(', ')}${
        paths.length > 10 ? ` and ${paths.length - 10} more` : ''
      }.`,
    );
    this.paths = paths;
  }
}
