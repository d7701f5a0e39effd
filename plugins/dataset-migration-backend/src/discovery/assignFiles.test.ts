import fc from 'fast-check';
import { TargetRecord } from '../database/records';
import { ownsFile } from '../rollout/targetFiles';
import { aTarget } from '../testing/records';
import { assignFiles } from './assignFiles';

function target(id: string, ...paths: string[]): TargetRecord {
  return aTarget({ id, repository: 'forge.example/acme/mono', paths });
}

/** The targets that a runner would let change this file. */
function claimants(file: string, targets: TargetRecord[]): string[] {
  return targets.filter(each => ownsFile(each, file)).map(each => each.id);
}

describe('assignFiles', () => {
  it.each<[string, TargetRecord[], Record<string, string[]>]>([
    [
      'the longest path',
      [target('all'), target('sql', 'sql/**'), target('jobs', 'sql/jobs/**')],
      {
        'README.md': ['all'],
        'sql/a.sql': ['sql'],
        'sql/jobs/b.sql': ['jobs'],
      },
    ],
    [
      'the narrower of two that start alike',
      [target('dir', 'sql/**'), target('files', 'sql/*.sql')],
      { 'sql/a.sql': ['files'], 'sql/a.py': ['dir'], 'sql/x/a.sql': ['dir'] },
    ],
    [
      'a path that only one of them has besides',
      [target('both', 'x/**', 'y/**'), target('one', 'x/**')],
      { 'x/a': ['one'], 'y/a': ['both'] },
    ],
    [
      'names that only begin alike',
      [target('a', 'sql/**'), target('b', 'sql2/**')],
      { 'sql/a': ['a'], 'sql2/a': ['b'] },
    ],
  ])('gives a file to %s', (_, targets, expected) => {
    const assigned = assignFiles(targets);
    for (const [file, ids] of Object.entries(expected)) {
      expect([file, claimants(file, assigned)]).toEqual([file, ids]);
    }
  });

  it('makes one target of consumers with the same files, and keeps what is known of it', () => {
    const [one, ...rest] = assignFiles([
      target('b', 'sql/**', 'dags/**'),
      { ...target('a', 'dags/**', 'sql/**'), message: 'It is archived.' },
    ]);
    expect(rest).toEqual([]);
    expect(one.id).toBe('a');
    expect(one.message).toBe(
      'It is archived. Shares its files with component:default/b.',
    );
  });

  it('leaves alone what has no repository, and other repositories', () => {
    const lost = aTarget({ id: 'lost', repository: undefined });
    const other = aTarget({ id: 'other', paths: ['sql/x/**'] });
    const assigned = assignFiles([lost, other, target('sql', 'sql/**')]);
    expect(assigned).toHaveLength(3);
    expect(assigned.flatMap(each => each.excludedPaths)).toEqual([]);
  });

  it('gives every file that somebody covers to exactly one target', () => {
    const segment = fc.constantFrom('a', 'b', 'c');
    const directory = fc.array(segment, { maxLength: 3 });
    const glob = fc
      .tuple(directory, fc.constantFrom('**', '*.sql', '*'))
      .map(([segments, last]) => [...segments, last].join('/'));
    const file = fc
      .tuple(directory, fc.constantFrom('x.sql', 'y.py'))
      .map(([segments, last]) => [...segments, last].join('/'));
    fc.assert(
      fc.property(
        fc.array(fc.uniqueArray(glob, { maxLength: 3 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.array(file, { minLength: 5, maxLength: 10 }),
        (paths, files) => {
          const found = paths.map((each, index) =>
            target(`t${index}`, ...each),
          );
          const assigned = assignFiles(found);
          for (const each of files) {
            const covered = claimants(each, found).length > 0;
            expect(claimants(each, assigned)).toHaveLength(covered ? 1 : 0);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
