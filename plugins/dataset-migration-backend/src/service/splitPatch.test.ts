import { splitPatch } from './splitPatch';

describe('splitPatch', () => {
  it('gives each file its part, also names that git quotes and lines that look like headers', () => {
    const patch = [
      'diff --git a/a.sql b/a.sql',
      '--- a/a.sql',
      '+++ b/a.sql',
      '@@ -1 +1,2 @@',
      '-x',
      '+y',
      '+diff --git a/evil b/evil',
      'diff --git a/sub dir/b.sql b/sub dir/b.sql',
      '--- a/sub dir/b.sql\t',
      '+++ b/sub dir/b.sql\t',
      '@@ -1 +1 @@',
      '-x',
      '+z',
      'diff --git "a/\\303\\251.sql" "b/\\303\\251.sql"',
      '--- "a/\\303\\251.sql"',
      '+++ "b/\\303\\251.sql"',
      '@@ -1 +1 @@',
      '-x',
      '+++ b/not-a-name',
      'diff --git a/gone.sql b/gone.sql',
      'deleted file mode 100644',
      '--- a/gone.sql',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-x',
      '',
    ].join('\n');
    const parts = splitPatch(Buffer.from(patch));
    expect([...parts.keys()]).toEqual([
      'a.sql',
      'sub dir/b.sql',
      'é.sql',
      'gone.sql',
    ]);
    expect(parts.get('a.sql')).toContain('+diff --git a/evil');
    expect([...parts.values()].join('')).toBe(patch);
    expect(splitPatch(Buffer.alloc(0)).size).toBe(0);
  });
});
