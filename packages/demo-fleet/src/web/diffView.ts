import type { GitFileChange } from '../git/parseDiff';
import { html, type Html } from './html';

// A browser should not choke on one generated file.
const MOST_LINES = 3000;

function patchRows(patch: string): Html[] {
  const rows: Html[] = [];
  let before = 0;
  let after = 0;
  for (const line of patch.split('\n').slice(0, MOST_LINES)) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      rows.push(
        html`<tr class="hunk">
          <td class="n"></td>
          <td class="n"></td>
          <td>${line}</td>
        </tr>`,
      );
    } else if (line.startsWith('+')) {
      rows.push(
        html`<tr class="add">
          <td class="n"></td>
          <td class="n">${after}</td>
          <td>${line}</td>
        </tr>`,
      );
      after += 1;
    } else if (line.startsWith('-')) {
      rows.push(
        html`<tr class="del">
          <td class="n">${before}</td>
          <td class="n"></td>
          <td>${line}</td>
        </tr>`,
      );
      before += 1;
    } else if (line.startsWith('\\')) {
      rows.push(
        html`<tr>
          <td class="n"></td>
          <td class="n"></td>
          <td class="soft">${line}</td>
        </tr>`,
      );
    } else {
      rows.push(
        html`<tr>
          <td class="n">${before}</td>
          <td class="n">${after}</td>
          <td>${line}</td>
        </tr>`,
      );
      before += 1;
      after += 1;
    }
  }
  return rows;
}

/** The changed files with their hunks. */
export function diffView(changes: readonly GitFileChange[]): Html {
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return html`<p class="soft">
      ${changes.length} changed file${changes.length === 1 ? '' : 's'} with
      <span class="plus">${additions} additions</span> and
      <span class="minus">${deletions} deletions</span>
    </p>
    ${changes.map(
      change => html`<section class="box" aria-label="${change.path}">
        <div class="head mono">
          <strong
            >${change.previousPath &&
            `${change.previousPath} → `}${change.path}</strong
          >
          <span class="label">${change.status}</span>
          <span class="plus">+${change.additions}</span>
          <span class="minus">−${change.deletions}</span>
        </div>
        ${change.patch === undefined
          ? html`<div class="pad soft">No text to show.</div>`
          : html`<table class="diff mono">
              ${patchRows(change.patch)}
            </table>`}
      </section>`,
    )}`;
}
