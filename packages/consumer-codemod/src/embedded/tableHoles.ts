import { DatasetMapping } from 'backstage-plugin-dataset-migration-common';
import { NameMatcher } from '../names/NameMatcher';
import { changedMark, markedHole, splitMarks, VirtualSql } from './VirtualSql';

/** A hole that prints the old table's name, and has to print the new one's. */
export interface TableHole {
  hole: number;
  value: string;
  replacement: string;
}

export interface HoleNames {
  matcher: NameMatcher;
  /** Holes that the matcher's replacements take to have changed. */
  changes: TableHole[];
}

const HOLE = /\{\{ hole_\d+ \}\}/g;
const NAME = /[\w.:-]/;

/**
 * The paths of names and holes in a text that have at least one hole. Each hole is
 * widened by what touches it, so that the time is that of reading the text.
 */
function pathsOf(text: string): string[] {
  const ranges: Array<{ start: number; end: number }> = [];
  for (const found of text.matchAll(HOLE)) {
    const last = ranges[ranges.length - 1];
    let start = found.index;
    while (start > (last?.end ?? 0) && NAME.test(text[start - 1])) {
      start--;
    }
    let end = found.index + found[0].length;
    while (end < text.length && NAME.test(text[end])) {
      end++;
    }
    if (last && start === last.end) {
      last.end = end;
    } else {
      ranges.push({ start, end });
    }
  }
  return ranges.map(({ start, end }) => text.slice(start, end));
}

/**
 * A matcher that also knows the table names of this text that are put together
 * from holes whose values the file proves, such as `$project.$dataset.t1`.
 */
export function matchHoles(
  virtual: VirtualSql,
  mapping: DatasetMapping,
  matcher: NameMatcher,
): HoleNames {
  const from: string[] = [];
  const to: string[] = [];
  const changes = new Map<number, TableHole>();
  for (const path of pathsOf(virtual.text)) {
    const value = virtual.fill(path);
    const target = value !== undefined && matcher.matchTable(value);
    if (!value || !target || from.includes(path)) {
      continue;
    }
    const rewritten = rewritePath(virtual, path, target.replacement);
    if (rewritten) {
      from.push(path);
      to.push(rewritten.path);
      for (const change of rewritten.changes) {
        changes.set(change.hole, change);
      }
    }
  }
  if (from.length === 0) {
    return { matcher, changes: [] };
  }
  const { patterns } = mapping.from.names;
  const known = mapping.to.names.patterns;
  const padded = patterns.map(
    (_, index) => known[index] ?? known[0] ?? matcher.newTable,
  );
  return {
    matcher: new NameMatcher({
      ...mapping,
      from: {
        ...mapping.from,
        names: { ...mapping.from.names, patterns: [...patterns, ...from] },
      },
      to: {
        ...mapping.to,
        names: { ...mapping.to.names, patterns: [...padded, ...to] },
      },
    }),
    changes: [...changes.values()],
  };
}

/** The path with the new names; nothing if a hole would have to change in part. */
function rewritePath(
  virtual: VirtualSql,
  path: string,
  target: string,
): { path: string; changes: TableHole[] } | undefined {
  const only = markedHole(path);
  if (only !== undefined) {
    const value = virtual.holes[only].value ?? '';
    return {
      path: changedMark(only),
      changes: [{ hole: only, value, replacement: target }],
    };
  }
  const parts = path.split('.');
  const names = target.split('.');
  if (parts.length !== names.length) {
    return undefined;
  }
  const changes: TableHole[] = [];
  const written = parts.map((part, index) => {
    const name = names[index];
    if (virtual.fill(part) === name) {
      return part;
    }
    const units = splitMarks(part);
    const hole = units.length === 1 ? markedHole(units[0]) : undefined;
    if (hole !== undefined) {
      const value = virtual.holes[hole].value ?? '';
      changes.push({ hole, value, replacement: name });
      return changedMark(hole);
    }
    return units.every(unit => markedHole(unit) === undefined)
      ? name
      : undefined;
  });
  return written.every(part => part !== undefined)
    ? { path: written.join('.'), changes }
    : undefined;
}
