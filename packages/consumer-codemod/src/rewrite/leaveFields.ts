import { FieldMapping } from 'backstage-plugin-dataset-migration-common';
import { Edit } from '../patch/Edit';
import { ViewField } from './View';

/** A comment with the guide above each line with a use that the owner changes by hand. */
export function leaveEdits(
  text: string,
  left: ReadonlyArray<{ field: ViewField; start: number }>,
): Edit[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = new Map<string, Edit>();
  for (const { field, start } of left) {
    if (field.kind === 'expression') {
      continue;
    }
    const safe = `-- ${explanationOf(field)}`;
    const lineStart = text.lastIndexOf('\n', start - 1) + 1;
    const indent = text.slice(lineStart).match(/^[ \t]*/)?.[0] ?? '';
    if (text.slice(0, lineStart).endsWith(`${indent}${safe}${newline}`)) {
      continue;
    }
    const insertion = `${indent}${safe}${newline}`;
    edits.set(`${lineStart}:${safe}`, {
      start: lineStart,
      end: lineStart,
      text: insertion,
      owner: start,
    });
  }
  return [...edits.values()];
}

/** What a comment above a use of a field says, in one line. */
export function explanationOf(field: ViewField): string {
  if (field.kind === 'expression') {
    return '';
  }
  const { mapping } = field;
  const guide =
    'guide' in mapping && mapping.guide ? ` See ${mapping.guide}` : '';
  return (
    `Dataset migration: ${field.name} needs a person. ${why(mapping)}${guide}`
      .replace(/\s+/g, ' ')
      .trim()
      // Comments must not open or close Jinja.
      .replace(/[{}]/g, '')
  );
}

function why(mapping: FieldMapping): string {
  if (mapping.kind === 'ask') {
    return mapping.question;
  }
  return mapping.kind === 'gone' ? mapping.reason : '';
}
