import fc from 'fast-check';
import { TreeChange } from '../git/readDiff';
import { checkScope } from './checkScope';

const TARGET = { paths: ['jobs/**'], excludedPaths: ['jobs/other/**'] };

function modified(path: string, more: Partial<TreeChange> = {}): TreeChange {
  return {
    oldMode: '100644',
    newMode: '100644',
    oldBlob: 'a'.repeat(40),
    newBlob: 'b'.repeat(40),
    status: 'M',
    path,
    ...more,
  };
}

function check(changes: TreeChange[], target = TARGET, patchBytes = 10) {
  return checkScope(target, changes, {
    declared: changes.map(change => change.path),
    patchBytes,
    limits: { maxFiles: 3, maxPatchBytes: 100 },
  });
}

describe('checkScope', () => {
  it('lets ordinary changes of files of the target pass', () => {
    expect(() =>
      check([
        modified('jobs/a.sql'),
        modified('jobs/.hidden/b.sql', { oldMode: '000000', status: 'A' }),
        modified('jobs/c.sh', { oldMode: '100755', newMode: '100755' }),
      ]),
    ).not.toThrow();
    expect(() =>
      check([modified('anything.sql')], { paths: [], excludedPaths: [] }),
    ).not.toThrow();
  });

  it.each([
    ['a symbolic link', { newMode: '120000', status: 'T' }],
    ['a former symbolic link', { oldMode: '120000', status: 'T' }],
    ['a submodule', { newMode: '160000' }],
    ['a new mode', { newMode: '100755' }],
    ['a new executable', { oldMode: '000000', newMode: '100755' }],
    ['an unknown mode', { newMode: '100664' }],
  ])('refuses %s', (_, more) => {
    expect(() => check([modified('jobs/a.sql', more)])).toThrow(
      /"jobs\/a.sql"/,
    );
  });

  it.each([
    'other.sql',
    'jobs/other/a.sql',
    'jobs/../other.sql',
    '/jobs/a.sql',
    'jobs//a.sql',
    'jobs\\a.sql',
    'C:/jobs/a.sql',
    'jobs/a\n.sql',
  ])('refuses the path %j', path => {
    expect(() => check([modified(path)])).toThrow(/is (not|outside)/);
  });

  it.each([
    '.github/workflows/ci.yml',
    '.GitHub/Workflows/ci.yml',
    '.github/CODEOWNERS',
    'jobs/CODEOWNERS',
    '.gitlab-ci.yml',
    'Jenkinsfile',
    'jobs/.gitattributes',
    'jobs/.git/config',
    '.gitmodules',
    'jobs/cloudbuild.yaml',
  ])('refuses %s even for a target of all files', path => {
    expect(() =>
      check([modified(path)], { paths: [], excludedPaths: [] }),
    ).toThrow(/configures/);
  });

  it('refuses what is too large, empty, or not declared', () => {
    const four = [1, 2, 3, 4].map(n => modified(`jobs/${n}.sql`));
    expect(() => check(four)).toThrow(/4 files; at most 3/);
    expect(() => check([modified('jobs/a.sql')], TARGET, 101)).toThrow(/bytes/);
    expect(() => check([])).toThrow(/not change anything/);
    expect(() =>
      checkScope(TARGET, [modified('jobs/a.sql')], {
        declared: ['jobs/b.sql'],
        patchBytes: 1,
      }),
    ).toThrow(/not listed/);
  });

  it('never lets a path leave the target, whatever it looks like', () => {
    const part = fc.constantFrom(
      'jobs',
      '..',
      '.',
      '',
      'a',
      '.github',
      'other',
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), parts => {
        const path = parts.join('/');
        let passed = true;
        try {
          check([modified(path)]);
        } catch {
          passed = false;
        }
        const mayPass =
          /^jobs\//.test(path) &&
          !/(^|\/)(\.\.?)?(\/|$)/.test(path) &&
          !/^jobs\/other\//.test(path);
        expect(passed && !mayPass).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
