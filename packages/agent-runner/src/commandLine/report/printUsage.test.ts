import { exampleJob } from '../../testing/exampleJob';
import { FileReport } from '../CommandDocument';
import { printUsage } from './printUsage';

const { mapping } = exampleJob('http://127.0.0.1');

function file(path: string, uses: Array<Partial<FileReport['uses'][number]>>) {
  return {
    path,
    uses: uses.map((use, index) => ({
      place: { path, line: index + 1, column: 8 },
      context: 'projection',
      route: 'codemod' as const,
      snippet: 'country',
      ...use,
    })),
  } as FileReport;
}

describe('printUsage', () => {
  it('groups uses by field, with the way of each to its output', () => {
    expect(
      printUsage(
        [
          file('a.sql', [
            { field: 'country', outputs: [{ as: 'filter' }] },
            { context: 'table', snippet: 'lake\n  .t' },
          ]),
          file('b/c.sql', [
            {
              field: 'country',
              route: 'person',
              indirect: true,
              via: [
                { kind: 'model', name: 'stg' },
                { kind: 'cte', name: 'x' },
              ],
              outputs: [
                { name: 'country', as: 'unchanged' },
                { name: 'where', as: 'expression' },
              ],
            },
          ]),
        ],
        mapping,
      ),
    ).toEqual([
      'the table itself  (1 codemod)',
      '  a.sql:2:8  table       codemod   lake .t',
      '',
      'country  becomes country_code  (1 codemod, 1 person)',
      '  a.sql:1:8    projection  codemod   country  → filter',
      '  b/c.sql:1:8  projection  person    country  via model stg, cte x  → country, where (expression)',
      '',
      'not read by name: user_id',
      '',
    ]);
  });

  it('lists fields that the contract does not know, and nothing without uses', () => {
    expect(
      printUsage([file('a.sql', [{ field: 'mystery' }])], mapping)[0],
    ).toBe('mystery  not in the old contract  (1 codemod)');
    expect(printUsage([], mapping)).toEqual([]);
  });
});
