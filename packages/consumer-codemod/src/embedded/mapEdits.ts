import { Edit } from '../patch/Edit';
import { HostLiteral } from './EmbeddedSql';
import { markedHole, splitMarks, VirtualSql } from './VirtualSql';

export type MappedEdits =
  | { ok: true; edits: Edit[] }
  | {
      ok: false;
      reason: 'EMBEDDED_EDIT_SPANS' | 'EMBEDDED_QUOTES';
      /** Offset in the virtual text. */
      at: number;
    };

/** Turns edits of the virtual SQL into edits of the file's strings. */
export function mapEdits(
  virtual: VirtualSql,
  edits: readonly Edit[],
): MappedEdits {
  const mapped: Edit[] = [];
  for (const edit of edits) {
    const { start, end, units } = trimmed(virtual, edit);
    if (start === end && units.length === 0) {
      continue;
    }
    const target = rangeOf(virtual, start, end);
    if (!target) {
      return { ok: false, reason: 'EMBEDDED_EDIT_SPANS', at: start };
    }
    const text = encode(virtual, target.literal, units);
    if (text === undefined) {
      return { ok: false, reason: 'EMBEDDED_QUOTES', at: start };
    }
    const owner = virtual.unit(edit.owner)?.start ?? target.start;
    mapped.push({ start: target.start, end: target.end, text, owner });
  }
  return { ok: true, edits: mapped };
}

/** Leaves out what an edit keeps at either end, so that it touches fewer literals. */
function trimmed(virtual: VirtualSql, edit: Edit) {
  const old = splitMarks(virtual.text.slice(edit.start, edit.end));
  const next = splitMarks(edit.text);
  let head = 0;
  while (head < old.length && head < next.length && old[head] === next[head]) {
    head++;
  }
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < next.length - head &&
    old[old.length - 1 - tail] === next[next.length - 1 - tail]
  ) {
    tail++;
  }
  const size = (units: string[]) => units.join('').length;
  return {
    start: edit.start + size(old.slice(0, head)),
    end: edit.end - size(old.slice(old.length - tail)),
    units: next.slice(head, next.length - tail),
  };
}

function rangeOf(
  virtual: VirtualSql,
  start: number,
  end: number,
): { start: number; end: number; literal: HostLiteral } | undefined {
  if (start === end) {
    const before = virtual.unit(start - 1);
    const after = virtual.unit(start);
    if (before?.literal && !(before.part && isSamePart(before, after))) {
      const at = before.end;
      return { start: at, end: at, literal: before.literal };
    }
    return after?.literal && !(before && isSamePart(before, after))
      ? { start: after.start, end: after.start, literal: after.literal }
      : undefined;
  }
  const first = virtual.unit(start);
  const last = virtual.unit(end - 1);
  const { literal } = first ?? {};
  if (
    !first ||
    !last ||
    !literal ||
    isSamePart(virtual.unit(start - 1), first) ||
    isSamePart(last, virtual.unit(end))
  ) {
    return undefined;
  }
  for (let i = start; i < end; i++) {
    if (virtual.unit(i)?.literal !== literal) {
      return undefined;
    }
  }
  return { start: first.start, end: last.end, literal };
}

/** Both are made by one escape or hole, which cannot be cut. */
function isSamePart(
  a: { start: number; end: number; part: boolean } | undefined,
  b: { start: number; end: number; part: boolean } | undefined,
): boolean {
  return a !== undefined && b !== undefined && a.part && a.start === b.start;
}

function encode(
  virtual: VirtualSql,
  literal: HostLiteral,
  units: readonly string[],
): string | undefined {
  let text = '';
  let plain = '';
  const flush = () => {
    const encoded = plain === '' ? '' : literal.encode(plain);
    plain = '';
    return encoded;
  };
  for (const unit of units) {
    const hole = markedHole(unit);
    if (hole === undefined) {
      plain += unit;
      continue;
    }
    const encoded = flush();
    // A hole between two literals cannot be moved into one.
    if (encoded === undefined || !virtual.holes[hole]?.literal) {
      return undefined;
    }
    text += encoded + virtual.holeSource(hole);
  }
  const rest = flush();
  return rest === undefined ? undefined : text + rest;
}
