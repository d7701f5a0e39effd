import fc from 'fast-check';
import { Api } from 'backstage-plugin-dataset-migration-common';
import { exampleUses } from '../__testUtils__/useExamples';
import { fieldUses, filterUses, placeText, routeCounts } from './fieldUses';

const ALL = { text: '', routes: [], indirect: true };

describe('fieldUses', () => {
  it('groups by field, the table first, and sorts by place', () => {
    expect(
      fieldUses(exampleUses()).map(({ field, uses }) => [
        field,
        ...uses.map(use => placeText(use.place)),
      ]),
    ).toEqual([
      [undefined, 'models/journeys.sql:8:6'],
      ['activity_ts', 'models/journeys.sql:5:11'],
      [
        'country',
        'models/journeys.sql:4:7',
        'models/journeys.sql:14:26',
        'models/report.sql:3:3',
      ],
      ['segment', 'models/journeys.sql:12:9'],
    ]);
  });

  it('loses no use and invents none', () => {
    const anyUse: fc.Arbitrary<Api.DatasetUse> = fc.record(
      {
        field: fc.constantFrom('a', 'b', 'c'),
        place: fc.record({
          path: fc.constantFrom('x.sql', 'y.sql'),
          line: fc.nat(9),
          column: fc.nat(9),
        }),
        context: fc.constant('projection'),
        route: fc.constantFrom('codemod', 'person'),
        snippet: fc.string(),
      },
      { requiredKeys: ['place', 'context', 'route', 'snippet'] },
    );
    fc.assert(
      fc.property(fc.array(anyUse), uses => {
        const grouped = fieldUses(uses);
        expect(new Set(grouped.flatMap(group => group.uses))).toEqual(
          new Set(uses),
        );
        expect(grouped.flatMap(group => group.uses)).toHaveLength(uses.length);
        expect(new Set(grouped.map(group => group.field)).size).toBe(
          grouped.length,
        );
      }),
    );
  });
});

describe('filterUses', () => {
  it('finds by names on the way and in the output', () => {
    const found = (text: string) =>
      filterUses(exampleUses(), { ...ALL, text }).map(use =>
        placeText(use.place),
      );
    expect(found('LATEST')).toEqual(['models/report.sql:3:3']);
    expect(found('ended_at')).toEqual(['models/journeys.sql:5:11']);
    expect(found('no such name')).toEqual([]);
  });

  it('takes routes, and leaves out what reads only something made from the dataset', () => {
    expect(
      filterUses(exampleUses(), { ...ALL, routes: ['question'] }),
    ).toHaveLength(1);
    expect(
      filterUses(exampleUses(), { ...ALL, indirect: false }).some(
        use => use.indirect,
      ),
    ).toBe(false);
  });
});

describe('routeCounts', () => {
  it('counts reads of the dataset itself, what needs people first', () => {
    expect(routeCounts(exampleUses())).toEqual([
      { route: 'question', count: 1 },
      { route: 'codemod', count: 4 },
    ]);
  });
});
