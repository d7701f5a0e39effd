import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { REASONS } from 'dataset-migration-consumer-codemod';
import { PROOF_REASONS } from 'dataset-migration-equivalence';
import {
  EVIDENCE_REASONS,
  FAILURE_SIGNATURES,
  SKIPPED_REASONS,
} from './reasons';

/** Signatures that are put together as a run fails, by the name of their section. */
const COMPOSED = ['RUNNER_BROKE', 'GIT_FAILED'];
/** The backend's own reasons; no run gives them. */
const BACKEND_SECTION = '\n## Published later, or not';

function headings(text: string): string[] {
  return [...text.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
}

/** All tests under a folder but this one. */
function readTests(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return readTests(path);
      }
      const isTest = /\.test\.ts$/.test(entry.name) && path !== __filename;
      return isTest ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

describe('tests', () => {
  it.each([
    [
      'run',
      '.',
      [...EVIDENCE_REASONS, ...SKIPPED_REASONS, ...FAILURE_SIGNATURES],
    ],
    ['proof', '../../equivalence/src', PROOF_REASONS],
  ])('name every reason of a %s', (_, folder, reasons) => {
    const tests = readTests(resolve(__dirname, folder));
    expect(
      reasons.filter(reason => !new RegExp(`\\b${reason}\\b`).test(tests)),
    ).toEqual([]);
  });
});

describe('docs/reasons.md', () => {
  const page = readFileSync(
    resolve(__dirname, '../../../docs/reasons.md'),
    'utf8',
  );
  const runner = [
    ...PROOF_REASONS,
    ...EVIDENCE_REASONS,
    ...SKIPPED_REASONS,
    ...FAILURE_SIGNATURES,
    ...COMPOSED,
  ];

  it('has a paragraph for every reason that a run gives', () => {
    const missing = runner.filter(reason => {
      const [, paragraph = ''] = page.split(`\n### ${reason}\n\n`);
      return !/^\S.{20,}/.test(paragraph);
    });
    expect(missing).toEqual([]);
  });

  it('has no section twice, and none for what nobody gives', () => {
    const all = headings(page);
    expect(all).toEqual([...new Set(all)]);
    const [start, rest] = page.split(BACKEND_SECTION);
    const others = rest.slice(rest.indexOf('\n## '));
    expect(headings(start + others).sort()).toEqual(
      [...new Set([...Object.keys(REASONS), ...runner])].sort(),
    );
  });
});
