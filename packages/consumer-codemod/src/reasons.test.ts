import { readFileSync } from 'fs';
import { resolve } from 'path';
import { REASONS } from './reasons';

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
});
