/** One line of a unified diff, with its 1-based line numbers. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
  oldLine?: number;
  newLine?: number;
  /** The file ends here without a line break. */
  noNewline?: boolean;
}

export interface DiffHunk {
  /** What the hunk header says after its second `@@`, often a function name. */
  heading: string;
  lines: DiffLine[];
}

export interface ParsedDiff {
  hunks: DiffHunk[];
  /** Git said that the file is binary: there are no lines to show. */
  binary: boolean;
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/** Reads the unified diff of one file. Counts in hunk headers decide where a hunk ends, so that a removed line `-- x` is no file header. */
export function parseUnifiedDiff(diff: string): ParsedDiff {
  const hunks: DiffHunk[] = [];
  let binary = false;
  let hunk: DiffHunk | undefined;
  let left = { old: 0, new: 0 };
  let at = { old: 0, new: 0 };
  for (const line of diff.split('\n')) {
    if (hunk && (left.old > 0 || left.new > 0)) {
      const kind = kindOf(line);
      const parsed: DiffLine = { kind, text: line.slice(1) };
      if (kind !== 'added') {
        parsed.oldLine = at.old++;
        left.old--;
      }
      if (kind !== 'removed') {
        parsed.newLine = at.new++;
        left.new--;
      }
      if (line.startsWith('\\')) {
        // Not a line of either file: take the counts back.
        at = { old: at.old - 1, new: at.new - 1 };
        left = { old: left.old + 1, new: left.new + 1 };
        markEnd(hunk);
      } else {
        hunk.lines.push(parsed);
      }
      continue;
    }
    if (hunk && line.startsWith('\\')) {
      markEnd(hunk);
      continue;
    }
    const header = HUNK.exec(line);
    if (header) {
      at = { old: Number(header[1]), new: Number(header[3]) };
      left = { old: Number(header[2] ?? 1), new: Number(header[4] ?? 1) };
      hunk = { heading: header[5], lines: [] };
      hunks.push(hunk);
    } else if (/^(Binary files |GIT binary patch)/.test(line)) {
      binary = true;
    }
  }
  return { hunks, binary };
}

function kindOf(line: string): DiffLine['kind'] {
  if (line.startsWith('+')) {
    return 'added';
  }
  return line.startsWith('-') ? 'removed' : 'same';
}

function markEnd(hunk: DiffHunk): void {
  const last = hunk.lines[hunk.lines.length - 1];
  if (last) {
    last.noNewline = true;
  }
}
