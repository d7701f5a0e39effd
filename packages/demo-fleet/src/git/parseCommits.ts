/** A person and a time in a commit. */
export interface GitSignature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601 UTC with seconds, as GitHub shows it. */
  readonly date: string;
}

export interface GitCommit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: GitSignature;
  readonly committer: GitSignature;
  readonly message: string;
}

const SEPARATOR = '\u001f';

/** `git log -z --format` that {@link parseCommits} reads. */
export const COMMIT_FORMAT =
  '%H%x1f%T%x1f%P%x1f%an%x1f%ae%x1f%aI%x1f%cn%x1f%ce%x1f%cI%x1f%B';

function toUtc(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime())
    ? '1970-01-01T00:00:00Z'
    : time.toISOString().replace('.000Z', 'Z');
}

export function parseCommits(text: string): GitCommit[] {
  const commits: GitCommit[] = [];
  for (const record of text.split('\0')) {
    const fields = record.split(SEPARATOR);
    if (fields.length >= 10) {
      commits.push({
        sha: fields[0],
        tree: fields[1],
        parents: fields[2] ? fields[2].split(' ') : [],
        author: {
          name: fields[3],
          email: fields[4],
          date: toUtc(fields[5]),
        },
        committer: {
          name: fields[6],
          email: fields[7],
          date: toUtc(fields[8]),
        },
        // The message may contain the separator; nothing follows it.
        message: fields.slice(9).join(SEPARATOR).replace(/\n+$/, ''),
      });
    }
  }
  return commits;
}
