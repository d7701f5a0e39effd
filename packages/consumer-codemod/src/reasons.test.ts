import { readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { REASONS } from './reasons';

/** Reads all tests of the package but this one. */
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

describe('REASONS', () => {
  const page = readFileSync(
    resolve(__dirname, '../../../docs/reasons.md'),
    'utf8',
  );

  it('has a paragraph in docs/reasons.md for each', () => {
    const documented = [...page.matchAll(/^### ([A-Z_]+)\n\n\S.{20,}/gm)].map(
      found => found[1],
    );
    expect(documented).toEqual(expect.arrayContaining(Object.keys(REASONS)));
  });

  it('has a test for each', () => {
    const tests = readTests(__dirname);
    // Other languages list theirs where they are tested.
    const own = Object.keys(REASONS).filter(
      reason => !/^(PYTHON|SCALA|NOTEBOOK)_/.test(reason),
    );
    const untested = own.filter(
      reason => !new RegExp(`\\b${reason}\\b`).test(tests),
    );
    expect(untested).toEqual([]);
  });
});
