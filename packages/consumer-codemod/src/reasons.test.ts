import { readFileSync } from 'fs';
import { resolve } from 'path';
import { REASONS } from './reasons';

describe('REASONS', () => {
  const page = readFileSync(
    resolve(__dirname, '../../../docs/reasons.md'),
    'utf8',
  ).split('\n## Published later')[0];

  it('has a paragraph in docs/reasons.md for each, and no other', () => {
    const documented = [...page.matchAll(/^### ([A-Z_]+)\n\n\S.{20,}/gm)].map(
      found => found[1],
    );
    expect(documented.sort()).toEqual(Object.keys(REASONS).sort());
  });
});
