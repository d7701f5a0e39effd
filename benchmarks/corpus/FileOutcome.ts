import { Framework } from './frameworkOf';

/** What became of one file of the denominator. */
export interface FileOutcome {
  case: string;
  path: string;
  framework: Framework;
  /**
   * `failed`: changed, but the proof contradicts; such a change is never published.
   * `outside`: changed, though the text search does not find the dataset in it.
   */
  outcome:
    | 'proved'
    | 'unproved'
    | 'failed'
    | 'handed-over'
    | 'silent'
    | 'outside';
  uses: number;
  /** Questions that the first pass asked. */
  questions: number;
  /** Why it was handed over, or not proved. */
  reasons: string[];
  detail: string[];
  before?: string;
  after?: string;
}
