import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { aJob } from '../testing/aJob';
import { changeDigest } from './changeDigest';

describe('changeDigest', () => {
  const mapping: DatasetMapping = {
    ...aJob().mapping,
    fields: [
      { kind: 'expression', name: 'url', is: 'page_url' },
      { kind: 'expression', name: 'other', is: 'x' },
    ],
  };
  const result = {
    uses: [
      {
        place: { path: 'a.sql', line: 1, column: 1 },
        field: 'url',
        context: 'projection',
        route: 'codemod' as const,
        snippet: 'url',
      },
    ],
    change: {
      patch: 'cGF0Y2g=',
      files: [
        { path: 'a.sql', baseBlob: 'b'.repeat(40), added: 1, removed: 1 },
      ],
    },
  };
  const digest = changeDigest(result, mapping, []);
  const changed = (is: string, name: string): DatasetMapping => ({
    ...mapping,
    fields: mapping.fields.map(field =>
      field.name === name ? { kind: 'expression', name, is } : field,
    ),
  });

  it('stays while what was approved stays', () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(changeDigest(result, mapping, [])).toBe(digest);
    expect(changeDigest(result, changed('y', 'other'), [])).toBe(digest);
  });

  it('changes with the patch, the base, the answers, and the plan where it is used', () => {
    const { change } = result;
    const digests = [
      digest,
      changeDigest(
        { ...result, change: { ...change, patch: 'eA==' } },
        mapping,
        [],
      ),
      changeDigest(
        {
          ...result,
          change: {
            ...change,
            files: [{ ...change.files[0], baseBlob: 'c'.repeat(40) }],
          },
        },
        mapping,
        [],
      ),
      changeDigest(result, mapping, [
        { field: 'url', answer: { kind: 'expression', is: 'a' } },
      ]),
      changeDigest(result, changed('another', 'url'), []),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
