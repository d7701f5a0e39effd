import { CustomErrorBase } from '@backstage/errors';
import { PullRequestRecord } from '../database/records';

/** The branch holds commits that are not ours: it belongs to the people who made them. */
export class EditedByPeopleError extends CustomErrorBase {
  name = 'EditedByPeopleError' as const;
  readonly branch: string;
  readonly commit: string;
  /** The open pull request of the branch, where there is one. */
  pullRequest?: PullRequestRecord;

  constructor(branch: string, commit: string) {
    super(
      `The branch ${branch} holds commits by other people (${commit.slice(
        0,
        12,
      )}). We do not push over them.`,
    );
    this.branch = branch;
    this.commit = commit;
  }
}
