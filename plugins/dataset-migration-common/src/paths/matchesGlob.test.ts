import { belongsToTarget, matchesGlob } from './matchesGlob';

describe('matchesGlob', () => {
  it.each([
    ['sql/a.sql', 'sql/**', true],
    ['sql/deep/a.sql', 'sql/**', true],
    ['sql', 'sql', true],
    ['mysql/a.sql', 'sql/**', false],
    ['sql/a.sql', 'sql', true],
    ['sql/a.sql', './sql/', true],
    ['sqlx/a.sql', 'sql', false],
    ['a.sql', '**/*.sql', true],
    ['x/y/a.sql', '**/*.sql', true],
    ['x/a.sql', '*.sql', false],
    ['x/y/z/a.sql', 'x/**/a.sql', true],
    ['x/a.sql', 'x/**/a.sql', true],
    ['x/axsql', 'x/a.sql', false],
    ['x/ab.py', 'x/a?.{py,scala}', true],
    ['x/ab.scala', 'x/a?.{py,scala}', true],
    ['x/ab.java', 'x/a?.{py,scala}', false],
    ['.github/x.yml', '**', true],
    ['models/a[1].sql', 'models/a[1].sql', true],
  ])('%s, %s: %s', (path, glob, expected) => {
    expect(matchesGlob(path, glob)).toBe(expected);
  });

  it('answers hostile globs in no time', () => {
    const started = Date.now();
    matchesGlob('a'.repeat(900), `${'*a'.repeat(12)}b`);
    matchesGlob(`${'a/'.repeat(400)}x`, `${'**/'.repeat(20)}y`);
    matchesGlob('a/'.repeat(400), '**/*a*/'.repeat(20));
    matchesGlob('x', '{a,b}'.repeat(30));
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('belongsToTarget', () => {
  it('takes every file without paths, but none that another target owns', () => {
    const target = { paths: [], excludedPaths: ['billing'] };
    expect(belongsToTarget('sql/a.sql', target)).toBe(true);
    expect(belongsToTarget('billing/a.sql', target)).toBe(false);
  });
});
