import fc from 'fast-check';
import { createTwoFilesPatch } from 'diff';
import { pairLines } from './pairLines';
import { parseUnifiedDiff } from './parseUnifiedDiff';

/** Lines that are easy to take for headers. */
const line = fc.oneof(
  fc.constantFrom(
    '',
    '-- old note',
    '++ x',
    '--- a/file',
    '+++ b/file',
    '@@ -1 +1 @@',
    '\\ No newline at end of file',
    ' select 1',
  ),
  fc.string({ maxLength: 12 }).map(text => text.replace(/[\r\n]/g, ' ')),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end && lines.length ? '\n' : ''));

function linesOf(file: string): string[] {
  const lines = file.split('\n');
  return lines[lines.length - 1] === '' ? lines.slice(0, -1) : lines;
}

describe('parseUnifiedDiff', () => {
  it('gives back both files, line by line, with their numbers', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        const diff = createTwoFilesPatch('a', 'b', before, after, '', '', {
          context: 1_000,
        });
        const lines = parseUnifiedDiff(diff).hunks.flatMap(hunk => hunk.lines);
        const old = lines.filter(each => each.oldLine !== undefined);
        const now = lines.filter(each => each.newLine !== undefined);
        expect(old.map(each => each.text)).toEqual(linesOf(before));
        expect(now.map(each => each.text)).toEqual(linesOf(after));
        expect(old.map(each => each.oldLine)).toEqual(
          old.map((_, index) => index + 1),
        );
        expect(now.map(each => each.newLine)).toEqual(
          now.map((_, index) => index + 1),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every line when it puts them side by side', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = createTwoFilesPatch('a', 'b', before, after);
        for (const hunk of parseUnifiedDiff(diff).hunks) {
          const pairs = pairLines(hunk.lines);
          expect(pairs.flatMap(pair => pair.old ?? [])).toEqual(
            hunk.lines.filter(each => each.kind !== 'added'),
          );
          expect(pairs.flatMap(pair => pair.new ?? [])).toEqual(
            hunk.lines.filter(each => each.kind !== 'removed'),
          );
        }
      }),
    );
  });

  it('reads the output of git with several hunks, headings and no last line break', () => {
    const { hunks } = parseUnifiedDiff(
      [
        'diff --git a/x.sql b/x.sql',
        'index 1..2 100644',
        '--- a/x.sql',
        '+++ b/x.sql',
        '@@ -3 +3 @@ with a as (',
        '--- was a comment',
        '+-- is a comment',
        '@@ -9,2 +9,1 @@',
        ' last',
        '-gone',
        '\\ No newline at end of file',
      ].join('\n'),
    );
    expect(hunks.map(hunk => hunk.heading)).toEqual(['with a as (', '']);
    expect(hunks[0].lines).toEqual([
      { kind: 'removed', text: '-- was a comment', oldLine: 3 },
      { kind: 'added', text: '-- is a comment', newLine: 3 },
    ]);
    expect(hunks[1].lines[1]).toEqual({
      kind: 'removed',
      text: 'gone',
      oldLine: 10,
      noNewline: true,
    });
  });

  it('knows binary files', () => {
    expect(
      parseUnifiedDiff('Binary files a/x.png and b/x.png differ\n'),
    ).toEqual({ hunks: [], binary: true });
  });
});
