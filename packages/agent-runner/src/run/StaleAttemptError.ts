import { CustomErrorBase } from '@backstage/errors';

/** The backend no longer wants this attempt: its token or credential is stale. */
export class StaleAttemptError extends CustomErrorBase {
  name = 'StaleAttemptError' as const;
}
