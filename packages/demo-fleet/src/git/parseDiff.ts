/** One changed file of a diff, in GitHub's terms. */
export interface GitFileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  /** Blob after the change; the removed blob where the file is gone. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Hunks only, from the first `@@`; absent for binary files and pure renames. */
  readonly patch?: string;
}

const STATUS: Record<string, GitFileChange['status']> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'added',
  T: 'changed',
};

function hunksOf(section: string): string | undefined {
  const start = section.search(/^@@ /m);
  return start < 0 ? undefined : section.slice(start).replace(/\n$/, '');
}

function parseNumbers(
  text: string,
): { additions: number; deletions: number }[] {
  const numbers: { additions: number; deletions: number }[] = [];
  for (const field of text.split('\0')) {
    // A rename spreads over three fields; only the first carries numbers.
    const match = /^(-|\d+)\t(-|\d+)\t/.exec(field);
    if (match) {
      numbers.push({
        additions: Number(match[1]) || 0,
        deletions: Number(match[2]) || 0,
      });
    }
  }
  return numbers;
}

/** Joins the outputs of `git diff` with `--raw -z`, `--numstat -z` and as a patch; all three come in one order. */
export function parseDiff(
  raw: string,
  numstat: string,
  patch: string,
): GitFileChange[] {
  const fields = raw.split('\0');
  const numbers = parseNumbers(numstat);
  const sections = patch.split(/^(?=diff --git )/m);
  const changes: GitFileChange[] = [];
  let section = 0;
  for (let index = 0; index < fields.length; ) {
    const match = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/.exec(
      fields[index],
    );
    if (!match) {
      break;
    }
    const [, oldSha, newSha, letter] = match;
    const moved = letter === 'R' || letter === 'C';
    changes.push({
      path: moved ? fields[index + 2] : fields[index + 1],
      ...(moved ? { previousPath: fields[index + 1] } : {}),
      status: STATUS[letter] ?? 'modified',
      sha: letter === 'D' ? oldSha : newSha,
      ...(numbers[changes.length] ?? { additions: 0, deletions: 0 }),
      patch: hunksOf(sections[section] ?? ''),
    });
    index += moved ? 3 : 2;
    // A change of type is written as a deletion and a creation.
    section += letter === 'T' ? 2 : 1;
  }
  return changes;
}
