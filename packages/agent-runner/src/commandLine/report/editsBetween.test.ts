import fc from 'fast-check';
import { EditReport } from '../CommandDocument';
import { editsBetween } from './editsBetween';

function offsetOf(text: string, { line, column }: EditReport['start']) {
  const lines = text.split('\n').slice(0, line - 1);
  return lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}

function apply(text: string, edits: EditReport[]): string {
  return [...edits]
    .reverse()
    .reduce(
      (result, edit) =>
        result.slice(0, offsetOf(text, edit.start)) +
        edit.text +
        result.slice(offsetOf(text, edit.end)),
      text,
    );
}

describe('editsBetween', () => {
  it('names the words that changed, and where', () => {
    expect(
      editsBetween(
        'SELECT country\nFROM v1\n',
        'SELECT country_code AS country\nFROM v2\n',
      ),
    ).toEqual([
      {
        start: { line: 1, column: 8 },
        end: { line: 1, column: 8 },
        text: 'country_code AS ',
      },
      {
        start: { line: 2, column: 6 },
        end: { line: 2, column: 8 },
        text: 'v2',
      },
    ]);
  });

  it('finds nothing in equal texts', () => {
    expect(editsBetween('a\r\nb', 'a\r\nb')).toEqual([]);
  });

  it('gives up on texts without anything in common, with one edit', () => {
    const before = Array.from({ length: 900 }, (_, i) => `a${i}`).join(' ');
    const after = Array.from({ length: 900 }, (_, i) => `b${i}`).join('\n');
    const edits = editsBetween(before, after);
    expect(edits).toHaveLength(1);
    expect(apply(before, edits)).toBe(after);
  });

  it('leads from one text to the other', () => {
    const text = fc
      .array(
        fc.constantFrom('a', 'b', ' ', '\n', '\r\n', 'SELECT', ',', 'é', '𝒳'),
        { maxLength: 40 },
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before, editsBetween(before, after))).toBe(after);
      }),
    );
  });
});
