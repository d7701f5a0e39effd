import type { GitCommit } from '../git/parseCommits';
import type { RepositoryRecord } from '../store/records';
import { html, type Html } from './html';
import { repositoryPath } from './page';

/** Rows of commits, each linked to its page. */
export function commitList(
  repository: RepositoryRecord,
  commits: readonly GitCommit[],
): Html {
  return html`<div class="box">
    ${commits.map(
      commit => html`<div class="row">
        <a href="${repositoryPath(repository)}/commit/${commit.sha}"
          >${commit.message.split('\n')[0] || '(no message)'}</a
        >
        <span class="end"
          >${commit.author.name}, ${commit.author.date.slice(0, 10)}
          <code>${commit.sha.slice(0, 7)}</code></span
        >
      </div>`,
    )}
    ${commits.length === 0 && html`<div class="row soft">No commits.</div>`}
  </div>`;
}
